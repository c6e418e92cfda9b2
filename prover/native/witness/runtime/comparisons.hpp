// circom's comparisons, which take the upper half of the field as negative, and its logical operators.
#pragma once
#include "element.hpp"

namespace homeostat {

inline constexpr Limbs LARGEST_POSITIVE{{0xa1f0fac9f8000000, 0x9419f4243cdcb848, 0xdc2822db40c0ac2e, 0x183227397098d014}};

[[gnu::noinline]] inline bool equalWide(Operand a, Operand b) {
  if (isSmall(a) && isSmall(b)) return smallOf(a) == smallOf(b);
  return montgomeryOf(a) == montgomeryOf(b);
}

[[gnu::noinline]] inline bool lessWide(Operand a, Operand b) {
  const Limbs x = integerOf(a), y = integerOf(b);
  const bool negativeX = lessLimbs(LARGEST_POSITIVE.v, x.v), negativeY = lessLimbs(LARGEST_POSITIVE.v, y.v);
  return negativeX == negativeY ? lessLimbs(x.v, y.v) : negativeX;
}

inline bool equal(Operand a, Operand b) {
  return isSmall(a) && isSmall(b) ? smallOf(a) == smallOf(b) : equalWide(a, b);
}
inline bool less(Operand a, Operand b) { return isSmall(a) && isSmall(b) ? smallOf(a) < smallOf(b) : lessWide(a, b); }

inline void Fr_eq(PFrElement r, Operand a, Operand b) { setSmall(r, equal(a, b)); }
inline void Fr_neq(PFrElement r, Operand a, Operand b) { setSmall(r, !equal(a, b)); }
inline void Fr_lt(PFrElement r, Operand a, Operand b) { setSmall(r, less(a, b)); }
inline void Fr_gt(PFrElement r, Operand a, Operand b) { setSmall(r, less(b, a)); }
inline void Fr_leq(PFrElement r, Operand a, Operand b) { setSmall(r, !less(b, a)); }
inline void Fr_geq(PFrElement r, Operand a, Operand b) { setSmall(r, !less(a, b)); }

inline void Fr_land(PFrElement r, Operand a, Operand b) { setSmall(r, Fr_isTrue(a) && Fr_isTrue(b)); }
inline void Fr_lor(PFrElement r, Operand a, Operand b) { setSmall(r, Fr_isTrue(a) || Fr_isTrue(b)); }
inline void Fr_lnot(PFrElement r, Operand a) { setSmall(r, !Fr_isTrue(a)); }

}  // namespace homeostat
