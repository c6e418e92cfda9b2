// circom's operators on integers in [0, p): bits, shifts, quotient and remainder.
#pragma once
#include "arithmetic.hpp"

namespace homeostat {

inline constexpr int FIELD_BITS = 254;
inline constexpr u64 HIGH_MASK = ~u64(0) >> 2;  // of the highest limb

/** From 254 bits, which may be p or more. */
inline void setBits(PFrElement r, Limbs value) {
  value.v[3] &= HIGH_MASK;
  Limbs reduced{};
  setInteger(r, subLimbs(reduced.v, value.v, FrModulus::P.v) ? value : reduced);
}

inline bool arePositive(Operand a, Operand b) { return isSmall(a) && isSmall(b) && (smallOf(a) | smallOf(b)) >= 0; }

template <class Join>
[[gnu::noinline]] void joinWide(PFrElement r, Operand a, Operand b, Join join) {
  const Limbs x = integerOf(a), y = integerOf(b);
  Limbs out{};
  for (int i = 0; i < 4; i++) out.v[i] = join(x.v[i], y.v[i]);
  setBits(r, out);
}
template <class Join>
inline void joinBits(PFrElement r, Operand a, Operand b, Join join) {
  if (arePositive(a, b)) return setSmall(r, i64(join(a->v[0], b->v[0])));
  joinWide(r, a, b, join);
}

inline void Fr_band(PFrElement r, Operand a, Operand b) {
  joinBits(r, a, b, [](u64 x, u64 y) { return x & y; });
}
inline void Fr_bor(PFrElement r, Operand a, Operand b) {
  joinBits(r, a, b, [](u64 x, u64 y) { return x | y; });
}
inline void Fr_bxor(PFrElement r, Operand a, Operand b) {
  joinBits(r, a, b, [](u64 x, u64 y) { return x ^ y; });
}
inline void Fr_bnot(PFrElement r, Operand a) {
  const Limbs x = integerOf(a);
  setBits(r, {{~x.v[0], ~x.v[1], ~x.v[2], ~x.v[3]}});
}

inline Limbs shiftedDown(const Limbs& x, u32 by) {
  Limbs out{};
  const u32 limbs = by / 64, bits = by % 64;
  for (u32 i = 0; i + limbs < 4; i++) {
    out.v[i] = x.v[i + limbs] >> bits;
    if (bits > 0 && i + limbs + 1 < 4) out.v[i] |= x.v[i + limbs + 1] << (64 - bits);
  }
  return out;
}
inline Limbs shiftedUp(const Limbs& x, u32 by) {
  Limbs out{};
  const u32 limbs = by / 64, bits = by % 64;
  for (u32 i = limbs; i < 4; i++) {
    out.v[i] = x.v[i - limbs] << bits;
    if (bits > 0 && i > limbs) out.v[i] |= x.v[i - limbs - 1] >> (64 - bits);
  }
  return out;
}

/** A shift by a negative number goes the other way; one beyond the field's width leaves nothing. */
[[gnu::noinline]] inline void shiftWide(PFrElement r, Operand a, Operand b, bool up) {
  Limbs by = integerOf(b);
  const Limbs opposite = negateModulo(by);
  if (lessLimbs(opposite.v, by.v)) {
    by = opposite;
    up = !up;
  }
  if ((by.v[1] | by.v[2] | by.v[3]) != 0 || by.v[0] >= u64(FIELD_BITS)) return setSmall(r, 0);
  const Limbs x = integerOf(a);
  setBits(r, up ? shiftedUp(x, u32(by.v[0])) : shiftedDown(x, u32(by.v[0])));
}

inline void Fr_shr(PFrElement r, Operand a, Operand b) {
  if (arePositive(a, b)) return setSmall(r, smallOf(b) < 64 ? smallOf(a) >> smallOf(b) : 0);
  shiftWide(r, a, b, false);
}
inline void Fr_shl(PFrElement r, Operand a, Operand b) { shiftWide(r, a, b, true); }

struct Division {
  Limbs quotient, remainder;
};

/** @throws {Failure} NATIVE_WITNESS for a divisor of zero */
[[gnu::noinline]] inline Division divide(const Limbs& x, const Limbs& by) {
  if (isZeroLimbs(by.v)) throw Failure("NATIVE_WITNESS", "divide by zero");  // the words of WebAssembly
  Division out{};
  if ((by.v[1] | by.v[2] | by.v[3]) == 0) {
    u128 rest = 0;
    for (int i = 3; i >= 0; i--) {
      rest = rest << 64 | x.v[i];
      out.quotient.v[i] = u64(rest / by.v[0]);
      rest %= by.v[0];
    }
    out.remainder.v[0] = u64(rest);
    return out;
  }
  for (int bit = 255; bit >= 0; bit--) {  // remainders stay below 2^254: the shift loses nothing
    out.remainder = shiftedUp(out.remainder, 1);
    out.remainder.v[0] |= x.v[bit / 64] >> (bit % 64) & 1;
    Limbs reduced{};
    if (subLimbs(reduced.v, out.remainder.v, by.v)) continue;
    out.remainder = reduced;
    out.quotient.v[bit / 64] |= u64(1) << (bit % 64);
  }
  return out;
}

inline void Fr_idiv(PFrElement r, Operand a, Operand b) { setInteger(r, divide(integerOf(a), integerOf(b)).quotient); }
inline void Fr_mod(PFrElement r, Operand a, Operand b) { setInteger(r, divide(integerOf(a), integerOf(b)).remainder); }

}  // namespace homeostat
