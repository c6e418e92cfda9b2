// A packed point from one place to another, negated or not.
#pragma once
#include <cstring>
#include "modulus.hpp"

namespace homeostat {

/** Copies a packed point, negated when the reference says so: p - y for each part of y. */
template <std::size_t BYTES>
inline void copyPoint(char* out, const char* in, u32 reference) {
  std::memcpy(out, in + std::size_t(reference >> 1) * BYTES, BYTES);
  if ((reference & 1) == 0) return;
  for (std::size_t at = BYTES / 2; at < BYTES; at += 32) {
    u64 y[4];
    std::memcpy(y, out + at, 32);
    if (!isZeroLimbs(y)) subLimbs(y, FqModulus::P.v, y);
    std::memcpy(out + at, y, 32);
  }
}

}  // namespace homeostat
