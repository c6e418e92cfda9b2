// The two prime fields of BN254 (EIP-196) and the Montgomery constants derived from them at compile time.
#pragma once
#include "limbs.hpp"

namespace homeostat {

/** -p^-1 mod 2^64, by Newton's iteration: each step doubles the number of right bits, from 3. */
constexpr u64 negatedInverse(u64 p) {
  u64 inverse = p;
  for (int step = 0; step < 5; step++) inverse *= 2 - p * inverse;
  return ~inverse + 1;
}

/** 2^exponent mod p. */
constexpr Limbs powerOfTwo(const Limbs& p, int exponent) {
  Limbs value{{1, 0, 0, 0}};
  for (int i = 0; i < exponent; i++) {
    Limbs doubled{}, reduced{};
    addLimbs(doubled.v, value.v, value.v);  // p < 2^254: no carry
    value = subLimbs(reduced.v, doubled.v, p.v) ? doubled : reduced;
  }
  return value;
}

/** Coordinates of points. */
struct FqModulus {
  static constexpr Limbs P{{0x3c208c16d87cfd47, 0x97816a916871ca8d, 0xb85045b68181585d, 0x30644e72e131a029}};
  static constexpr u64 NEG_INV = negatedInverse(P.v[0]);
  static constexpr Limbs R1 = powerOfTwo(P, 256);
  static constexpr Limbs R2 = powerOfTwo(P, 512);
  static constexpr Limbs R3 = powerOfTwo(P, 768);
};

/** Scalars, witness values and polynomials. */
struct FrModulus {
  static constexpr Limbs P{{0x43e1f593f0000001, 0x2833e84879b97091, 0xb85045b68181585d, 0x30644e72e131a029}};
  static constexpr u64 NEG_INV = negatedInverse(P.v[0]);
  static constexpr Limbs R1 = powerOfTwo(P, 256);
  static constexpr Limbs R2 = powerOfTwo(P, 512);
  static constexpr Limbs R3 = powerOfTwo(P, 768);
  /** r - 1 = 2^28 * odd. */
  static constexpr int TWO_ADICITY = 28;
};

}  // namespace homeostat
