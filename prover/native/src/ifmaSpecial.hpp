// Additions that the formula for two points with different x does not cover: rare, so clear rather than fast.
// Include after ifmaPoint.hpp, inside the same `#pragma GCC target`.

namespace homeostat {

namespace {

template <int PARTS>
struct Special {
  __mmask8 leftInfinite, rightInfinite, doubling, cancelling;

  /** y of either point with limbs of 52 bits. */
  static Special of(const Points<PARTS>& p, const Points<PARTS>& q) {
    const __mmask8 left = isZero(p.x) & isZero(p.y), right = isZero(q.x) & isZero(q.y);
    const __mmask8 sameX = __mmask8(equal(p.x, q.x) & ~(left | right)), sameY = equal(p.y, q.y);
    return {left, right, __mmask8(sameX & sameY), __mmask8(sameX & ~sameY)};
  }

  /** x2 - x1, or 2y for a doubling, or 1 where nothing is to be inverted. */
  Coordinate<PARTS> denominator(const Coordinate<PARTS>& usual, const Points<PARTS>& p) const {
    Coordinate<PARTS> twice;
    for (int i = 0; i < PARTS; i++) twice.part[i] = add(p.y.part[i], p.y.part[i]);
    const __mmask8 nothing = leftInfinite | rightInfinite | cancelling;
    return select(doubling, select(nothing, usual, oneCoordinate<PARTS>()), twice);
  }

  /** y2 - y1, or 3x^2 for a doubling; parts below 3p. */
  Coordinate<PARTS> numerator(const Coordinate<PARTS>& usual, const Points<PARTS>& p) const {
    Coordinate<PARTS> triple = squared(p.x);
    for (Lanes& part : triple.part) {
      const Lanes once = canonical<FqModulus>(part);
      part = add(add(once, once), once);
    }
    return select(doubling, usual, triple);
  }

  Points<PARTS> corrected(const Points<PARTS>& sum, const Points<PARTS>& p, const Points<PARTS>& q) const {
    Coordinate<PARTS> zero;
    for (Lanes& part : zero.part) part = zeroLanes();
    const auto pick = [&](const Coordinate<PARTS>& usual, const Coordinate<PARTS>& left, const Coordinate<PARTS>& right, Coordinate<PARTS>& out) {
      out = select(rightInfinite, select(leftInfinite, select(cancelling, usual, zero), right), left);
    };
    Points<PARTS> out;
    pick(sum.x, p.x, q.x, out.x);
    pick(sum.y, p.y, q.y, out.y);
    return out;
  }
};

}  // namespace

}  // namespace homeostat
