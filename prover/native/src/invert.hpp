// The inverse in a field of BN254 by the binary Euclidean algorithm on leading and trailing bits (T. Pornin, "Optimized
// Binary GCD for Modular Inversion", 2020, section 3), here with early exit: four times as fast as Fermat's power.
#pragma once
#include "modulus.hpp"

namespace homeostat {

/** Steps done on 64-bit approximations before the full numbers are brought up to date. */
inline constexpr int EUCLID_STEPS = 31;

struct Signed256 {
  u64 v[5];  // two's complement
};

/** (a * f + b * g) / 2^31 for numbers below 2^255 and factors of at most 32 bits; the division is exact. */
inline Signed256 combineShifted(const u64* a, std::int64_t f, const u64* b, std::int64_t g) {
  __int128 carry = 0;
  u64 words[6];
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    // split so that no product leaves 128 bits: |f|, |g| <= 2^31
    carry += __int128(a[i]) * f + __int128(b[i]) * g;
    words[i] = u64(carry);
    carry >>= 64;
  }
  words[4] = u64(carry);
  Signed256 out{};
  for (int i = 0; i < 4; i++) out.v[i] = words[i] >> EUCLID_STEPS | words[i + 1] << (64 - EUCLID_STEPS);
  out.v[4] = u64(std::int64_t(words[4]) >> EUCLID_STEPS);
  return out;
}

/** (a * f + b * g) / 2^31 mod p, for a, b < p and |f| + |g| <= 2^31; below p. */
template <class M>
inline Limbs combineModulo(const Limbs& a, std::int64_t f, const Limbs& b, std::int64_t g) {
  __int128 carry = 0;
  u64 words[5];
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    carry += __int128(a.v[i]) * f + __int128(b.v[i]) * g;
    words[i] = u64(carry);
    carry >>= 64;
  }
  words[4] = u64(carry);
  // add a multiple of p that clears the low 31 bits
  const u64 q = words[0] * M::NEG_INV & ((u64(1) << EUCLID_STEPS) - 1);
  u128 sum = 0;
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    sum += u128(q) * M::P.v[i] + words[i];
    words[i] = u64(sum);
    sum >>= 64;
  }
  words[4] += u64(sum);
  Limbs out{};
  for (int i = 0; i < 4; i++) out.v[i] = words[i] >> EUCLID_STEPS | words[i + 1] << (64 - EUCLID_STEPS);
  // between -p and 2p
  if (std::int64_t(words[4]) < 0) addLimbs(out.v, out.v, M::P.v);
  Limbs reduced{};
  return subLimbs(reduced.v, out.v, M::P.v) ? out : reduced;
}

inline int bitLength(const u64* a) {
  for (int i = 3; i >= 0; i--)
    if (a[i] != 0) return 64 * i + 64 - __builtin_clzll(a[i]);
  return 0;
}

/** The low 31 bits and the 33 bits below bit `length`, or the number itself when it fits. */
inline u64 approximate(const u64* a, int length) {
  if (length <= 64) return a[0];
  const int from = length - 33, limb = from / 64, shift = from % 64;
  u64 high = a[limb] >> shift;
  if (shift > 31 && limb < 3) high |= a[limb + 1] << (64 - shift);
  return (high & ((u64(1) << 33) - 1)) << EUCLID_STEPS | (a[0] & ((u64(1) << EUCLID_STEPS) - 1));
}

/** value^-1 mod p as integers; zero for zero. */
template <class M>
inline Limbs invertInteger(const Limbs& value) {
  Limbs a = value, b = M::P, u{{1, 0, 0, 0}}, v{{0, 0, 0, 0}};  // a = u * value, b = v * value mod p
  while (!isZeroLimbs(a.v)) {
    const int lengthA = bitLength(a.v), lengthB = bitLength(b.v), length = lengthA > lengthB ? lengthA : lengthB;
    u64 x = approximate(a.v, length), y = approximate(b.v, length);
    std::int64_t f0 = 1, g0 = 0, f1 = 0, g1 = 1;
    // y is odd; each turn leaves |x - y| in x and the less in y, then halves x as often as it can in one go
    for (int left = EUCLID_STEPS;;) {
      const int halvings = __builtin_ctzll(x | u64(1) << left);
      x >>= halvings;
      f1 <<= halvings;
      g1 <<= halvings;
      left -= halvings;
      if (left == 0) break;
      const u64 less = -u64(x < y), difference = x - y;  // masks, since no branch could be foretold
      const std::int64_t swap = std::int64_t(less), f = f0 - f1, g = g0 - g1;
      y += difference & less;
      x = (difference ^ less) - less;
      f1 += f & swap;
      g1 += g & swap;
      f0 = (f ^ swap) - swap;
      g0 = (g ^ swap) - swap;
    }
    Signed256 nextA = combineShifted(a.v, f0, b.v, g0), nextB = combineShifted(a.v, f1, b.v, g1);
    const Limbs zero{};
    if (std::int64_t(nextA.v[4]) < 0) {
      subLimbs(nextA.v, zero.v, nextA.v);
      f0 = -f0;
      g0 = -g0;
    }
    if (std::int64_t(nextB.v[4]) < 0) {
      subLimbs(nextB.v, zero.v, nextB.v);
      f1 = -f1;
      g1 = -g1;
    }
    const Limbs nextU = combineModulo<M>(u, f0, v, g0);
    v = combineModulo<M>(u, f1, v, g1);
    u = nextU;
    std::memcpy(a.v, nextA.v, 32);
    std::memcpy(b.v, nextB.v, 32);
  }
  return v;  // b = 1
}

}  // namespace homeostat
