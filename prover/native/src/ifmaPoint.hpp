// Coordinates of eight points at once: Fq for G1, Fq2 for G2. Parts are below 2p unless said otherwise.
// Include after ifmaField.hpp, inside the same `#pragma GCC target`.

namespace homeostat {

namespace {

using Q = Wide<FqModulus>;

inline Lanes mulQ(const Lanes& a, const Lanes& b) { return multiply<FqModulus>(a, b); }

template <int PARTS>
struct Coordinate {
  Lanes part[PARTS];
};

template <int PARTS>
struct Points {
  Coordinate<PARTS> x, y;
};

/** a - b + p, for a, b below p. */
template <int PARTS>
inline Coordinate<PARTS> difference(const Coordinate<PARTS>& a, const Coordinate<PARTS>& b) {
  Coordinate<PARTS> out;
  for (int i = 0; i < PARTS; i++) out.part[i] = subtract(a.part[i], b.part[i], Q::P1);
  return out;
}

/** a - b - c + 2p to below p, for a below 2p, b, c below p. */
template <int PARTS>
inline Coordinate<PARTS> minusBoth(const Coordinate<PARTS>& a, const Coordinate<PARTS>& b, const Coordinate<PARTS>& c) {
  Coordinate<PARTS> out;
  for (int i = 0; i < PARTS; i++) {
    Lanes t;
    for (int k = 0; k < 5; k++) t.l[k] = _mm512_sub_epi64(a.part[i].l[k], b.part[i].l[k]);
    out.part[i] = canonical<FqModulus>(subtract(t, c.part[i], Q::P2));
  }
  return out;
}

template <int PARTS>
inline Coordinate<PARTS> select(__mmask8 mask, const Coordinate<PARTS>& a, const Coordinate<PARTS>& b) {
  Coordinate<PARTS> out;
  for (int i = 0; i < PARTS; i++) out.part[i] = select(mask, a.part[i], b.part[i]);
  return out;
}

template <int PARTS>
inline __mmask8 isZero(const Coordinate<PARTS>& a) {
  __m512i any = _mm512_setzero_si512();
  for (const Lanes& lanes : a.part)
    for (const __m512i& limb : lanes.l) any = _mm512_or_si512(any, limb);
  return _mm512_testn_epi64_mask(any, any);
}

template <int PARTS>
inline __mmask8 equal(const Coordinate<PARTS>& a, const Coordinate<PARTS>& b) {
  __m512i any = _mm512_setzero_si512();
  for (int i = 0; i < PARTS; i++)
    for (int k = 0; k < 5; k++) any = _mm512_or_si512(any, _mm512_xor_si512(a.part[i].l[k], b.part[i].l[k]));
  return _mm512_testn_epi64_mask(any, any);
}

inline Coordinate<1> times(const Coordinate<1>& a, const Coordinate<1>& b) { return {{mulQ(a.part[0], b.part[0])}}; }
inline Coordinate<1> squared(const Coordinate<1>& a) { return times(a, a); }

/** Karatsuba; parts of a and b below 4p. */
inline Coordinate<2> times(const Coordinate<2>& a, const Coordinate<2>& b) {
  const Lanes first = mulQ(a.part[0], b.part[0]), second = mulQ(a.part[1], b.part[1]);
  const Lanes cross = mulQ(add(a.part[0], a.part[1]), add(b.part[0], b.part[1]));
  Lanes rest;
  for (int k = 0; k < 5; k++) rest.l[k] = _mm512_sub_epi64(cross.l[k], first.l[k]);
  const Lanes imaginary = subtract(rest, second, Q::P4);  // below 6p
  return {{reduceOnce(subtract(first, second, Q::P2), Q::P2), reduceOnce(reduceOnce(imaginary, Q::P4), Q::P2)}};
}
inline Coordinate<2> squared(const Coordinate<2>& a) {
  return {{mulQ(add(a.part[0], a.part[1]), subtract(a.part[0], a.part[1], Q::P2)), mulQ(add(a.part[0], a.part[0]), a.part[1])}};
}

/** An element of Fq that is zero only with a, whose inverse gives a's: a itself, or its norm. */
inline Lanes norm(const Coordinate<1>& a) { return a.part[0]; }
inline Lanes norm(const Coordinate<2>& a) {
  return reduceOnce(add(mulQ(a.part[0], a.part[0]), mulQ(a.part[1], a.part[1])), Q::P2);
}
inline Coordinate<1> inverseFrom(const Coordinate<1>&, const Lanes& inverseNorm) { return {{inverseNorm}}; }
inline Coordinate<2> inverseFrom(const Coordinate<2>& a, const Lanes& inverseNorm) {
  return {{mulQ(a.part[0], inverseNorm), mulQ(subtract(zeroLanes(), a.part[1], Q::P2), inverseNorm)}};
}

template <int PARTS>
inline Coordinate<PARTS> oneCoordinate() {
  Coordinate<PARTS> out;
  for (Lanes& lanes : out.part) lanes = zeroLanes();
  out.part[0] = broadcast(Q::ONE);
  return out;
}

/** Eight elements of 32 bytes from eight addresses plus an offset. */
inline Lanes gatherElement(const unsigned char* const* from, std::size_t offset) {
  const __m512i even = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13), odd = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
  __m512i rows[4];
  for (int i = 0; i < 4; i++) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from[i] + offset));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from[i + 4] + offset));
    rows[i] = _mm512_inserti64x4(_mm512_castsi256_si512(first), second, 1);
  }
  const __m512i low01 = _mm512_unpacklo_epi64(rows[0], rows[1]), low23 = _mm512_unpacklo_epi64(rows[2], rows[3]);
  const __m512i high01 = _mm512_unpackhi_epi64(rows[0], rows[1]), high23 = _mm512_unpackhi_epi64(rows[2], rows[3]);
  const __m512i words[4] = {_mm512_permutex2var_epi64(low01, even, low23), _mm512_permutex2var_epi64(high01, even, high23),
                            _mm512_permutex2var_epi64(low01, odd, low23), _mm512_permutex2var_epi64(high01, odd, high23)};
  return widen(words);
}

template <int PARTS>
inline Coordinate<PARTS> gatherX(const unsigned char* const* from) {
  Coordinate<PARTS> out;
  for (int i = 0; i < PARTS; i++) out.part[i] = gatherElement(from, 32 * i);
  return out;
}

/** Lanes of the mask are negated, to p - y with limbs that may be negative: good for `subtract`, not for a product. */
template <int PARTS>
inline Coordinate<PARTS> gatherY(const unsigned char* const* from, __mmask8 negated) {
  Coordinate<PARTS> out;
  for (int i = 0; i < PARTS; i++) {
    Lanes y = gatherElement(from, 32 * (PARTS + i));
    if (negated != 0) {
      for (int k = 0; k < 5; k++) {
        const __m512i p = _mm512_set1_epi64(static_cast<long long>(Q::P1.v[k]));
        y.l[k] = _mm512_mask_sub_epi64(y.l[k], negated, p, y.l[k]);
      }
    }
    out.part[i] = y;
  }
  return out;
}

template <int PARTS>
inline void scatter(unsigned char* const* to, const Points<PARTS>& points) {
  __m512i rows[8 * PARTS];
  for (int i = 0; i < PARTS; i++) {
    narrow(rows + 4 * i, points.x.part[i]);
    narrow(rows + 4 * (PARTS + i), points.y.part[i]);
  }
  for (int part = 0; part < PARTS; part++) {
    transpose(rows + 8 * part);
    for (int lane = 0; lane < 8; lane++) _mm512_storeu_si512(to[lane] + 64 * part, rows[8 * part + lane]);
  }
}

}  // namespace

}  // namespace homeostat
