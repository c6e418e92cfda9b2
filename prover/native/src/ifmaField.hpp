// Eight field elements at once with AVX-512 IFMA: five limbs of 52 bits, limb i of all eight in one register.
// Montgomery form with R = 2^260, which leaves six bits above p: products of values below 8p are below 2p again.
// Include after everything else, inside `#pragma GCC target`: what the compiler emits here must stay in one file.
#include <immintrin.h>

namespace homeostat {

namespace {

struct Lanes {
  __m512i l[5];
};

template <class M>
struct Wide {
  static constexpr Limbs52 P1 = split(M::P), P2 = split(M::P, 2), P4 = split(M::P, 4);
  static constexpr u64 NEG_INV = M::NEG_INV & MASK52;
  static constexpr Limbs52 ONE = split(powerOfTwo(M::P, 260));
  /** Multipliers that change the form: from R = 2^256, back to it, and for the inverse of a value read as R = 2^256. */
  static constexpr Limbs52 FROM_KEY = split(powerOfTwo(M::P, 264)), TO_KEY = split(powerOfTwo(M::P, 256)),
                           FROM_INVERSE = split(powerOfTwo(M::P, 268));
};

inline Lanes broadcast(const Limbs52& x) {
  Lanes out;
  for (int i = 0; i < 5; i++) out.l[i] = _mm512_set1_epi64(static_cast<long long>(x.v[i]));
  return out;
}

inline Lanes zeroLanes() { return broadcast({{0, 0, 0, 0, 0}}); }

/** Limbs back to 52 bits each; they may be negative while the value is not. */
inline Lanes carried(Lanes a) {
  const __m512i mask = _mm512_set1_epi64(MASK52);
  for (int i = 0; i < 4; i++) {
    a.l[i + 1] = _mm512_add_epi64(a.l[i + 1], _mm512_srai_epi64(a.l[i], 52));
    a.l[i] = _mm512_and_si512(a.l[i], mask);
  }
  return a;
}

inline Lanes add(const Lanes& a, const Lanes& b) {
  Lanes out;
  for (int i = 0; i < 5; i++) out.l[i] = _mm512_add_epi64(a.l[i], b.l[i]);
  return carried(out);
}

/** a - b + offset, where the offset is a multiple of p that keeps it positive. */
inline Lanes subtract(const Lanes& a, const Lanes& b, const Limbs52& offset) {
  Lanes out;
  for (int i = 0; i < 5; i++)
    out.l[i] = _mm512_add_epi64(_mm512_sub_epi64(a.l[i], b.l[i]), _mm512_set1_epi64(static_cast<long long>(offset.v[i])));
  return carried(out);
}

/** Lanes of b where the mask is set, of a elsewhere. */
inline Lanes select(__mmask8 mask, const Lanes& a, const Lanes& b) {
  Lanes out;
  for (int i = 0; i < 5; i++) out.l[i] = _mm512_mask_blend_epi64(mask, a.l[i], b.l[i]);
  return out;
}

/** a - bound where a >= bound. */
inline Lanes reduceOnce(const Lanes& a, const Limbs52& bound) {
  const Lanes less = subtract(a, broadcast(bound), {{0, 0, 0, 0, 0}});
  return select(_mm512_movepi64_mask(less.l[4]), less, a);
}

/** Below p, from below 4p. */
template <class M>
inline Lanes canonical(const Lanes& a) {
  return reduceOnce(reduceOnce(a, Wide<M>::P2), Wide<M>::P1);
}

/** A sum of products before its reduction; room for more than 17 of them. */
struct Product {
  __m512i t[10];
};

inline Product zeroProduct() {
  Product out;
  for (__m512i& limb : out.t) limb = _mm512_setzero_si512();
  return out;
}

inline void accumulate(Product& sum, const Lanes& a, const Lanes& b) {
#pragma GCC unroll 5
  for (int i = 0; i < 5; i++) {
#pragma GCC unroll 5
    for (int j = 0; j < 5; j++) sum.t[i + j] = _mm512_madd52lo_epu64(sum.t[i + j], a.l[i], b.l[j]);
#pragma GCC unroll 5
    for (int j = 0; j < 5; j++) sum.t[i + j + 1] = _mm512_madd52hi_epu64(sum.t[i + j + 1], a.l[i], b.l[j]);
  }
}

/** sum / 2^260 mod p, below 2p, for a sum below 2^260 p. */
template <class M>
inline Lanes reduced(Product sum) {
  const __m512i negInv = _mm512_set1_epi64(static_cast<long long>(Wide<M>::NEG_INV));
  __m512i* t = sum.t;
#pragma GCC unroll 5
  for (int i = 0; i < 5; i++) {
    const __m512i q = _mm512_madd52lo_epu64(_mm512_setzero_si512(), t[i], negInv);
#pragma GCC unroll 5
    for (int j = 0; j < 5; j++)
      t[i + j] = _mm512_madd52lo_epu64(t[i + j], q, _mm512_set1_epi64(static_cast<long long>(Wide<M>::P1.v[j])));
#pragma GCC unroll 5
    for (int j = 0; j < 5; j++)
      t[i + j + 1] = _mm512_madd52hi_epu64(t[i + j + 1], q, _mm512_set1_epi64(static_cast<long long>(Wide<M>::P1.v[j])));
    t[i + 1] = _mm512_add_epi64(t[i + 1], _mm512_srli_epi64(t[i], 52));
  }
  return carried({{t[5], t[6], t[7], t[8], t[9]}});
}

/** a * b / 2^260 mod p, below 2p, for a, b below 8p. */
template <class M>
inline Lanes multiply(const Lanes& a, const Lanes& b) {
  Product product = zeroProduct();
  accumulate(product, a, b);
  return reduced<M>(product);
}

}  // namespace

}  // namespace homeostat
