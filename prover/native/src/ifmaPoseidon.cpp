// Poseidon of eight lists at once; a row of a matrix costs one reduction, not one per product.
#include "ifma.hpp"
#include "limbs52.hpp"

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma,bmi2,adx")
#include "ifmaField.hpp"
#include "ifmaPack.hpp"

namespace homeostat {

namespace {

using R = Wide<FrModulus>;

struct Permutation {
  const WidePoseidon& table;
  Lanes state[17];
  const Limbs52* constants = table.rounds;

  static Lanes mulR(const Lanes& a, const Lanes& b) { return multiply<FrModulus>(a, b); }
  static Lanes sum(const Lanes& a, const Lanes& b) { return reduceOnce(add(a, b), R::P2); }

  static Lanes fifth(const Lanes& x) {
    const Lanes squared = mulR(x, x);
    return mulR(mulR(squared, squared), x);
  }

  /** Products of values below 2p and constants below p: seventeen of them stay below 2^260 p. */
  Lanes dot(const Limbs52* row) const {
    Product product = zeroProduct();
    for (u32 i = 0; i < table.width; i++) accumulate(product, state[i], broadcast(row[i]));
    return reduced<FrModulus>(product);
  }

  void addConstants() {
    for (u32 i = 0; i < table.width; i++) state[i] = sum(state[i], broadcast(*constants++));
  }

  void fullRound(const Limbs52* matrix) {
    for (u32 i = 0; i < table.width; i++) state[i] = fifth(state[i]);
    addConstants();
    Lanes next[17];
    for (u32 i = 0; i < table.width; i++) next[i] = dot(matrix + i * table.width);
    for (u32 i = 0; i < table.width; i++) state[i] = next[i];
  }

  void partialRound(const Limbs52* row) {
    state[0] = sum(fifth(state[0]), broadcast(*constants++));
    const Lanes first = dot(row);
    for (u32 i = 1; i < table.width; i++) state[i] = sum(state[i], mulR(state[0], broadcast(row[table.width + i - 1])));
    state[0] = first;
  }

  Lanes run() {
    addConstants();
    for (int round = 0; round < 3; round++) fullRound(table.full);
    fullRound(table.last);
    for (u32 round = 0; round < table.partialRounds; round++) partialRound(table.sparse + round * (2 * table.width - 1));
    for (int round = 0; round < 3; round++) fullRound(table.full);
    for (u32 i = 0; i < table.width; i++) state[i] = fifth(state[i]);
    return dot(table.full);
  }
};

}  // namespace

void hashEight(const WidePoseidon& table, const u64* inputs, u64* outputs) {
  static constexpr Limbs52 FROM_INTEGER = split(powerOfTwo(FrModulus::P, 520));
  const u32 count = table.width - 1;
  const __m512i lanes = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
  const __m512i lists = _mm512_mullox_epi64(lanes, _mm512_set1_epi64(4 * static_cast<long long>(count)));
  Permutation permutation{table, {}};
  permutation.state[0] = zeroLanes();
  for (u32 k = 0; k < count; k++) {
    __m512i w[4];
    for (int i = 0; i < 4; i++) w[i] = _mm512_i64gather_epi64(lists, inputs + 4 * k + i, 8);
    permutation.state[k + 1] = multiply<FrModulus>(widen(w), broadcast(FROM_INTEGER));
  }
  const Lanes hash = canonical<FrModulus>(multiply<FrModulus>(permutation.run(), broadcast({{1, 0, 0, 0, 0}})));
  __m512i w[4];
  narrow(w, hash);
  for (int i = 0; i < 4; i++) _mm512_i64scatter_epi64(outputs + i, _mm512_slli_epi64(lanes, 2), w[i], 8);
}

}  // namespace homeostat
#pragma GCC pop_options
#endif
