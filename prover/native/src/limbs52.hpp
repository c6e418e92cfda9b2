// Numbers in five limbs of 52 bits, as AVX-512 IFMA multiplies them.
#pragma once
#include "modulus.hpp"

namespace homeostat {

inline constexpr u64 MASK52 = (u64(1) << 52) - 1;

struct Limbs52 {
  u64 v[5];
};

/** times * x in limbs of 52 bits. */
constexpr Limbs52 split(const Limbs& x, u64 times = 1) {
  Limbs t{};
  for (u64 i = 0; i < times; i++) addLimbs(t.v, t.v, x.v);
  return {{t.v[0] & MASK52, (t.v[0] >> 52 | t.v[1] << 12) & MASK52, (t.v[1] >> 40 | t.v[2] << 24) & MASK52,
           (t.v[2] >> 28 | t.v[3] << 36) & MASK52, t.v[3] >> 16}};
}

}  // namespace homeostat
