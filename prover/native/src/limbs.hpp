// 256-bit integers as four 64-bit limbs, least significant first; what every dispatch level shares.
#pragma once
#include <cstdint>
#include <cstring>

namespace homeostat {

using u64 = std::uint64_t;
using u32 = std::uint32_t;
using u128 = unsigned __int128;

struct Limbs {
  u64 v[4];
  constexpr bool operator==(const Limbs&) const = default;
};

/** out = a + b; returns the carry. */
constexpr u64 addLimbs(u64* out, const u64* a, const u64* b) {
  u64 carry = 0;
  for (int i = 0; i < 4; i++) {
    const u128 sum = u128(a[i]) + b[i] + carry;
    out[i] = u64(sum);
    carry = u64(sum >> 64);
  }
  return carry;
}

/** out = a - b; returns the borrow, 0 or 1. */
constexpr u64 subLimbs(u64* out, const u64* a, const u64* b) {
  u64 borrow = 0;
  for (int i = 0; i < 4; i++) {
    const u128 difference = u128(a[i]) - b[i] - borrow;
    out[i] = u64(difference);
    borrow = u64(difference >> 64) & 1;
  }
  return borrow;
}

/** a < b. */
constexpr bool lessLimbs(const u64* a, const u64* b) {
  u64 ignored[4] = {};
  return subLimbs(ignored, a, b) != 0;
}

constexpr bool isZeroLimbs(const u64* a) { return (a[0] | a[1] | a[2] | a[3]) == 0; }

/** Overwrites memory in a way that the compiler may not leave out: witnesses and blinding factors end here. */
inline void wipe(void* memory, std::size_t bytes) {
  std::memset(memory, 0, bytes);
  asm volatile("" : : "r"(memory) : "memory");
}

}  // namespace homeostat
