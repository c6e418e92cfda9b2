// The curve kernels of the AVX-512 IFMA level.
#include "curve.hpp"
#include "ifma.hpp"
#include "limbs52.hpp"

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma,bmi2,adx")
#include "ifmaField.hpp"
#include "ifmaPack.hpp"
#include "ifmaPoint.hpp"
#include "ifmaSpecial.hpp"
#include "ifmaInverse.hpp"
#include "ifmaBatch.hpp"

namespace homeostat {

namespace {

/** Multiplies packed coordinates, eight at a time. */
template <int PARTS>
void convert(void* out, const void* in, std::size_t points, const Limbs52& factor) {
  const std::size_t elements = points * 2 * PARTS;
  for (std::size_t at = 0; at < elements; at += 16) {
    const std::size_t count = elements - at < 16 ? elements - at : 16;
    alignas(64) u64 block[16][4] = {};
    std::memcpy(block, static_cast<const char*>(in) + at * 32, count * 32);
    __m512i rows[8];
    for (int i = 0; i < 8; i++) rows[i] = _mm512_load_si512(block[2 * i]);
    transpose(rows);
    for (int i = 0; i < 8; i += 4) narrow(rows + i, canonical<FqModulus>(mulQ(widen(rows + i), broadcast(factor))));
    transpose(rows);
    for (int i = 0; i < 8; i++) _mm512_store_si512(block[2 * i], rows[i]);
    std::memcpy(static_cast<char*>(out) + at * 32, block, count * 32);
  }
}

template <int PARTS>
void import(void* out, const void* in, std::size_t points) {
  convert<PARTS>(out, in, points, Q::FROM_KEY);
}
template <int PARTS>
void exportTo(void* out, const void* in, std::size_t points) {
  convert<PARTS>(out, in, points, Q::TO_KEY);
}

template <int PARTS>
constexpr GroupKernel kernelOf() {
  using Add = GroupAdd<PARTS>;
  return {Add::BYTES, sizeof(Step<PARTS>) * Add::GROUPS, import<PARTS>, exportTo<PARTS>, Add::add, Add::accumulate};
}

}  // namespace

constinit const GroupKernel IFMA_G1 = kernelOf<1>();
constinit const GroupKernel IFMA_G2 = kernelOf<2>();

double timeIfmaMultiply(std::size_t rounds, double (*now)()) {
  Lanes x[4];
  for (Lanes& value : x) value = broadcast(Q::FROM_KEY);
  const double start = now();
  for (std::size_t i = 0; i < rounds; i++) {
    for (Lanes& value : x) value = mulQ(value, value);
    asm volatile("" : : "r"(x) : "memory");
  }
  return (now() - start) / double(rounds) / 32 * 1e9;
}

}  // namespace homeostat
#pragma GCC pop_options
#endif
