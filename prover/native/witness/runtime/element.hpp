// A field element as circom's generated code handles it: a small integer where it can be, since most signals are bits.
#pragma once
#include "../../src/failure.hpp"
#include "../../src/field.hpp"

namespace homeostat {

using i64 = std::int64_t;

/** The machine has mulx, adcx and adox. */
extern const bool HAS_ADX;

/** How Fr multiplies here: one function for all, so that generated code stays small. */
struct Dispatched {
  template <class M>
  [[gnu::noinline]] static void multiply(u64* out, const u64* a, const u64* b) {
    if (HAS_ADX) Adx::multiply<M>(out, a, b);
    else Portable::multiply<M>(out, a, b);
  }
  template <class M>
  static void add(u64* out, const u64* a, const u64* b) {
    Portable::add<M>(out, a, b);
  }
  template <class M>
  static void subtract(u64* out, const u64* a, const u64* b) {
    Portable::subtract<M>(out, a, b);
  }
};

using Fr = Field<FrModulus, Dispatched>;

/**
 * Three forms, told apart by the two highest bits, which no value below the modulus has: Montgomery form (00), an integer
 * below the modulus (01), or a signed integer of less than 62 bits in v[0] (10). Words are read and written one by one: a
 * wider read of what was just written in parts would wait for the cache. Zeroed memory is zero.
 */
struct FrElement {
  u64 v[4];
};
using PFrElement = FrElement*;
using Operand = const FrElement*;

inline constexpr u64 SMALL_FORM = u64(1) << 63, INTEGER_FORM = u64(1) << 62;
inline constexpr i64 SMALL_LIMIT = i64(1) << 62;  // sums of two smaller ones do not overflow

inline bool isSmall(Operand a) { return i64(a->v[3]) < 0; }
inline bool isInteger(Operand a) { return (a->v[3] & INTEGER_FORM) != 0; }
inline bool isMontgomery(Operand a) { return a->v[3] >> 62 == 0; }
inline i64 smallOf(Operand a) { return i64(a->v[0]); }
inline bool fitsSmall(i64 value) { return value > -SMALL_LIMIT && value < SMALL_LIMIT; }

inline void setSmall(PFrElement r, i64 value) {
  r->v[0] = u64(value);
  r->v[3] = SMALL_FORM;
}
inline void setMontgomery(PFrElement r, const Fr& value) {
  for (int i = 0; i < 4; i++) r->v[i] = value.v[i];
}
/** From an integer below the modulus. */
inline void setInteger(PFrElement r, const Limbs& value) {
  if ((value.v[1] | value.v[2] | value.v[3]) == 0 && value.v[0] < u64(SMALL_LIMIT)) return setSmall(r, i64(value.v[0]));
  for (int i = 0; i < 4; i++) r->v[i] = value.v[i];
  r->v[3] |= INTEGER_FORM;
}

inline Limbs negateModulo(const Limbs& value) {
  Limbs out{};
  if (!isZeroLimbs(value.v)) subLimbs(out.v, FrModulus::P.v, value.v);
  return out;
}

/** The integer in [0, p) that an element stands for. */
[[gnu::noinline]] inline Limbs integerOf(Operand a) {
  if (isSmall(a)) {
    const i64 value = smallOf(a);
    const Limbs magnitude{{value < 0 ? 0 - u64(value) : u64(value), 0, 0, 0}};
    return value < 0 ? negateModulo(magnitude) : magnitude;
  }
  if (isInteger(a)) return {{a->v[0], a->v[1], a->v[2], a->v[3] & ~INTEGER_FORM}};
  const Fr value = Fr::load(a->v).fromMontgomery();
  return {{value.v[0], value.v[1], value.v[2], value.v[3]}};
}

[[gnu::noinline]] inline Fr montgomeryOf(Operand a) {
  return isSmall(a) || isInteger(a) ? Fr::fromLimbs(integerOf(a)).toMontgomery() : Fr::load(a->v);
}

inline void Fr_copy(PFrElement r, Operand a) {
  for (int i = 0; i < 4; i++) r->v[i] = a->v[i];
}
inline void Fr_copyn(PFrElement r, Operand a, int n) {
  for (int i = 0; i < n; i++) Fr_copy(r + i, a + i);
}

inline int Fr_isTrue(Operand a) {
  return isSmall(a) ? a->v[0] != 0 : (a->v[0] | a->v[1] | a->v[2] | (a->v[3] & ~INTEGER_FORM)) != 0;
}

/** A place in an array. @throws {Failure} NATIVE_WITNESS when it is none */
inline int Fr_toInt(Operand a) {
  if (!isSmall(a)) {
    FrElement reduced;
    setInteger(&reduced, integerOf(a));
    if (!isSmall(&reduced)) throw Failure("NATIVE_WITNESS", "an index is out of range");
    return Fr_toInt(&reduced);
  }
  const i64 value = smallOf(a);
  if (value < INT32_MIN || value > INT32_MAX) throw Failure("NATIVE_WITNESS", "an index is out of range");
  return int(value);
}

}  // namespace homeostat
