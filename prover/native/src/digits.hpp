// Signed digits of scalars: scalar = sum of digit(w) * 2^(c * w), each digit in [-2^(c-1), 2^(c-1)].
// Adding 2^(c-1) to every window but the last one turns them into plain bits, without carries from window to window.
#pragma once
#include "modulus.hpp"

namespace homeostat {

struct Windows {
  /** Bits of a window, 2 to 20, and windows of a full scalar. */
  u32 bits, count;
  /** Buckets of a window: digits 1 .. 2^(bits - 1). */
  u32 buckets() const { return 1u << (bits - 1); }

  /** 255 bits leave room for the carry into the last window. */
  static Windows of(u32 bits) { return {bits, (255 + bits - 1) / bits}; }

  /** The size with the least additions: one per scalar and window, two and some inversions per bucket. */
  static Windows forSize(std::size_t scalars) {
    Windows best = of(2);
    for (u32 bits = 3; bits <= 18; bits++) {
      const Windows next = of(bits);
      if (next.cost(scalars) < best.cost(scalars)) best = next;
    }
    return best;
  }

  /** scalar + offset, below 2^256; a scalar is below 2^254. */
  Limbs shifted(const Limbs& scalar) const {
    Limbs offset{};
    for (u32 w = 0; w + 1 < count; w++) {
      const u32 bit = w * bits + bits - 1;
      offset.v[bit / 64] |= u64(1) << (bit % 64);
    }
    Limbs out{};
    addLimbs(out.v, scalar.v, offset.v);
    return out;
  }

  /** Digit of window `w` of a shifted scalar. */
  std::int32_t digit(const Limbs& shifted, u32 w) const {
    const u32 at = w * bits, limb = at / 64, offset = at % 64;
    u64 chunk = shifted.v[limb] >> offset;
    if (offset + bits > 64 && limb < 3) chunk |= shifted.v[limb + 1] << (64 - offset);
    if (w + 1 == count) return std::int32_t(chunk);
    return std::int32_t(chunk & ((u64(1) << bits) - 1)) - std::int32_t(buckets());
  }

  /** Additions of as many full scalars, about. */
  double cost(std::size_t scalars) const { return double(count) * (double(scalars) + 2.6 * double(buckets()) + 400); }
};

}  // namespace homeostat
