// Between packed elements, four limbs of 64 bits one after the other, and lanes.
// Include after ifmaField.hpp, inside the same `#pragma GCC target`.

namespace homeostat {

namespace {

template <int RIGHT, int LEFT>
inline __m512i join(__m512i low, __m512i high) {
  return _mm512_or_si512(_mm512_srli_epi64(low, RIGHT), _mm512_slli_epi64(high, LEFT));
}

/** Four registers of 64-bit limbs to five of 52. */
inline Lanes widen(const __m512i* w) {
  const __m512i mask = _mm512_set1_epi64(MASK52);
  return {{_mm512_and_si512(w[0], mask), _mm512_and_si512(join<52, 12>(w[0], w[1]), mask),
           _mm512_and_si512(join<40, 24>(w[1], w[2]), mask), _mm512_and_si512(join<28, 36>(w[2], w[3]), mask),
           _mm512_srli_epi64(w[3], 16)}};
}

inline void narrow(__m512i* w, const Lanes& a) {
  w[0] = join<0, 52>(a.l[0], a.l[1]);
  w[1] = join<12, 40>(a.l[1], a.l[2]);
  w[2] = join<24, 28>(a.l[2], a.l[3]);
  w[3] = join<36, 16>(a.l[3], a.l[4]);
}

/** Transposes eight rows of eight words. */
inline void transpose(__m512i* r) {
  __m512i s[8], t[8];
  for (int i = 0; i < 8; i += 2) {
    s[i] = _mm512_unpacklo_epi64(r[i], r[i + 1]);
    s[i + 1] = _mm512_unpackhi_epi64(r[i], r[i + 1]);
  }
  for (int i = 0; i < 8; i += 4) {
    for (int k = 0; k < 2; k++) {
      t[i + k] = _mm512_shuffle_i64x2(s[i + k], s[i + k + 2], 0x88);
      t[i + k + 2] = _mm512_shuffle_i64x2(s[i + k], s[i + k + 2], 0xdd);
    }
  }
  for (int k = 0; k < 4; k++) {
    r[k] = _mm512_shuffle_i64x2(t[k], t[k + 4], 0x88);
    r[k + 4] = _mm512_shuffle_i64x2(t[k], t[k + 4], 0xdd);
  }
}

}  // namespace

}  // namespace homeostat
