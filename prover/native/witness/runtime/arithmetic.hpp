// circom's field operators; small operands are done on machine integers.
#pragma once
#include "element.hpp"

namespace homeostat {

[[gnu::noinline]] inline void addWide(PFrElement r, Operand a, Operand b) {
  if (isMontgomery(a) && isMontgomery(b)) return Portable::add<FrModulus>(r->v, a->v, b->v);
  if (isSmall(b) && smallOf(b) == 0) return Fr_copy(r, a);
  if (isSmall(a) && smallOf(a) == 0) return Fr_copy(r, b);
  setMontgomery(r, montgomeryOf(a) + montgomeryOf(b));
}
[[gnu::noinline]] inline void subtractWide(PFrElement r, Operand a, Operand b) {
  if (isMontgomery(a) && isMontgomery(b)) return Portable::subtract<FrModulus>(r->v, a->v, b->v);
  setMontgomery(r, montgomeryOf(a) - montgomeryOf(b));
}

inline void Fr_add(PFrElement r, Operand a, Operand b) {
  if (isSmall(a) && isSmall(b)) {
    const i64 sum = smallOf(a) + smallOf(b);
    if (fitsSmall(sum)) return setSmall(r, sum);
  }
  addWide(r, a, b);
}

inline void Fr_sub(PFrElement r, Operand a, Operand b) {
  if (isSmall(a) && isSmall(b)) {
    const i64 difference = smallOf(a) - smallOf(b);
    if (fitsSmall(difference)) return setSmall(r, difference);
  }
  subtractWide(r, a, b);
}

inline void Fr_neg(PFrElement r, Operand a) {
  if (isSmall(a)) return setSmall(r, -smallOf(a));
  setMontgomery(r, -montgomeryOf(a));
}

/** A product with a factor that is 0, 1 or wide. */
[[gnu::noinline]] inline void multiplyWide(PFrElement r, Operand a, Operand b) {
  if (isMontgomery(a) && isMontgomery(b)) return Dispatched::multiply<FrModulus>(r->v, a->v, b->v);
  if (isSmall(a)) std::swap(a, b);
  if (isSmall(b)) {
    if (smallOf(b) == 0) return setSmall(r, 0);
    if (smallOf(b) == 1) return Fr_copy(r, a);
  }
  setMontgomery(r, montgomeryOf(a) * montgomeryOf(b));
}

inline void Fr_mul(PFrElement r, Operand a, Operand b) {
  if (isSmall(a) && isSmall(b)) {
    i64 product;
    if (!__builtin_mul_overflow(smallOf(a), smallOf(b), &product) && fitsSmall(product)) return setSmall(r, product);
  }
  multiplyWide(r, a, b);
}

/** a / b in the field; 0 for b = 0. */
[[gnu::noinline]] inline void Fr_div(PFrElement r, Operand a, Operand b) {
  setMontgomery(r, montgomeryOf(a) * montgomeryOf(b).inverse());
}

[[gnu::noinline]] inline void Fr_pow(PFrElement r, Operand a, Operand b) {
  setMontgomery(r, montgomeryOf(a).power(integerOf(b)));
}

}  // namespace homeostat
