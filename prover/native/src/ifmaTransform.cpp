// Transforms over blocks of eight elements of Fr, limb by limb: butterflies between blocks, then inside them.
#include "ifma.hpp"
#include "limbs52.hpp"
#include "modulus.hpp"

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma,bmi2,adx")
#include "ifmaField.hpp"
#include "ifmaPack.hpp"

namespace homeostat {

namespace {

using R = Wide<FrModulus>;

inline Lanes mulR(const Lanes& a, const Lanes& b) { return multiply<FrModulus>(a, b); }
inline Lanes* blocks(void* x) { return static_cast<Lanes*>(x); }
inline const Lanes* blocks(const void* x) { return static_cast<const Lanes*>(x); }

/** Values below 2p in and out, as everywhere between import and join. */
inline Lanes sum(const Lanes& a, const Lanes& b) { return reduceOnce(add(a, b), R::P2); }
inline Lanes wideDifference(const Lanes& a, const Lanes& b) { return subtract(a, b, R::P2); }
inline Lanes differenceOf(const Lanes& a, const Lanes& b) { return reduceOnce(wideDifference(a, b), R::P2); }

void import(void* out, const void* in, std::size_t count) {
  const __m512i lanes = _mm512_setr_epi64(0, 4, 8, 12, 16, 20, 24, 28);
  for (std::size_t b = 0; b < count; b++) {
    const u64* words = static_cast<const u64*>(in) + 32 * b;
    __m512i w[4];
    for (int i = 0; i < 4; i++) w[i] = _mm512_i64gather_epi64(lanes, words + i, 8);
    blocks(out)[b] = mulR(widen(w), broadcast(R::FROM_KEY));
  }
}

void inverseLayer(void* x, std::size_t size, const void* twiddles, std::size_t from, std::size_t to) {
  const std::size_t half = size / 16;
  Lanes *low = blocks(x), *high = low + half;
  const Lanes* roots = blocks(twiddles) + half;
  for (std::size_t j = from; j < to; j++) {
    const Lanes a = low[j], b = high[j];
    low[j] = sum(a, b);
    high[j] = mulR(wideDifference(a, b), roots[j]);
  }
}

void forwardLayer(void* x, std::size_t size, const void* twiddles, std::size_t from, std::size_t to) {
  const std::size_t half = size / 16;
  Lanes *low = blocks(x), *high = low + half;
  const Lanes* roots = blocks(twiddles) + half;
  for (std::size_t j = from; j < to; j++) {
    const Lanes a = low[j], b = mulR(high[j], roots[j]);
    low[j] = sum(a, b);
    high[j] = differenceOf(a, b);
  }
}

/** Element `index` < 8 of a table, in all lanes. */
inline Lanes root(const void* twiddles, int index) {
  Lanes out;
  for (int i = 0; i < 5; i++) {
    const u64* limbs = reinterpret_cast<const u64*>(&blocks(twiddles)->l[i]);
    out.l[i] = _mm512_set1_epi64(static_cast<long long>(limbs[index]));
  }
  return out;
}

/** Eight blocks, lanes and blocks exchanged. */
inline void exchange(Lanes* x) {
  for (int i = 0; i < 5; i++) {
    __m512i rows[8];
    for (int b = 0; b < 8; b++) rows[b] = x[b].l[i];
    transpose(rows);
    for (int b = 0; b < 8; b++) x[b].l[i] = rows[b];
  }
}

/** The last three layers, inside each of eight blocks. */
void inverseInside(Lanes* x, const void* twiddles) {
  exchange(x);
  for (int half = 4; half >= 1; half /= 2) {
    for (int j = 0; j < half; j++) {
      const Lanes twiddle = root(twiddles, half + j);
      for (int low = j; low < 8; low += 2 * half) {
        const Lanes a = x[low], b = x[low + half];
        x[low] = sum(a, b);
        x[low + half] = j == 0 ? differenceOf(a, b) : mulR(wideDifference(a, b), twiddle);
      }
    }
  }
  exchange(x);
}

void forwardInside(Lanes* x, const void* twiddles) {
  exchange(x);
  for (int half = 1; half <= 4; half *= 2) {
    for (int j = 0; j < half; j++) {
      const Lanes twiddle = root(twiddles, half + j);
      for (int low = j; low < 8; low += 2 * half) {
        const Lanes a = x[low], b = j == 0 ? x[low + half] : mulR(x[low + half], twiddle);
        x[low] = sum(a, b);
        x[low + half] = differenceOf(a, b);
      }
    }
  }
  exchange(x);
}

void inverse(void* x, std::size_t size, const void* twiddles) {
  inverseLayer(x, size, twiddles, 0, size / 16);
  if (size > 64) {
    inverse(x, size / 2, twiddles);
    inverse(blocks(x) + size / 16, size / 2, twiddles);
    return;
  }
  for (std::size_t part = 0; part < 2; part++) inverseLayer(blocks(x) + 4 * part, 32, twiddles, 0, 2);
  for (std::size_t part = 0; part < 4; part++) inverseLayer(blocks(x) + 2 * part, 16, twiddles, 0, 1);
  inverseInside(blocks(x), twiddles);
}

void forward(void* x, std::size_t size, const void* twiddles) {
  if (size > 64) {
    forward(x, size / 2, twiddles);
    forward(blocks(x) + size / 16, size / 2, twiddles);
  } else {
    forwardInside(blocks(x), twiddles);
    for (std::size_t part = 0; part < 4; part++) forwardLayer(blocks(x) + 2 * part, 16, twiddles, 0, 1);
    for (std::size_t part = 0; part < 2; part++) forwardLayer(blocks(x) + 4 * part, 32, twiddles, 0, 2);
  }
  forwardLayer(x, size, twiddles, 0, size / 16);
}

void scale(void* x, const void* factors, std::size_t count) {
  for (std::size_t b = 0; b < count; b++) blocks(x)[b] = mulR(blocks(x)[b], blocks(factors)[b]);
}

void join(void* scalars, const void* a, const void* b, const void* c, std::size_t count) {
  const __m512i lanes = _mm512_setr_epi64(0, 4, 8, 12, 16, 20, 24, 28);
  const Lanes plainOne = broadcast({{1, 0, 0, 0, 0}});
  for (std::size_t i = 0; i < count; i++) {
    const Lanes value = wideDifference(mulR(blocks(a)[i], blocks(b)[i]), blocks(c)[i]);
    __m512i w[4];
    narrow(w, canonical<FrModulus>(mulR(value, plainOne)));
    for (int k = 0; k < 4; k++) _mm512_i64scatter_epi64(static_cast<u64*>(scalars) + 32 * i + k, lanes, w[k], 8);
  }
}

}  // namespace

constinit const TransformKernel IFMA_TRANSFORM = {sizeof(Lanes), 64,      import, inverseLayer, forwardLayer,
                                                  inverse,       forward, scale,  join};

}  // namespace homeostat
#pragma GCC pop_options
#endif
