// What a dispatch level provides: the inner loops, as plain functions over packed points and elements.
// A packed coordinate is four 64-bit limbs below p, in the Montgomery form that the level likes; (0, 0) is infinity.
#pragma once
#include "limbs.hpp"

namespace homeostat {

/** out[outIndex] = ±in[left >> 1] ± in[right >> 1]; the low bit of a reference negates. */
struct Addition {
  u32 left, right, outIndex;
};

struct GroupKernel {
  /** 64 in G1, 128 in G2. */
  std::size_t pointBytes;
  /** Scratch memory of `add`. */
  std::size_t scratchBytes;
  /** From the form of a key (R = 2^256). */
  void (*import)(void* out, const void* in, std::size_t points);
  /** To the form of a key. */
  void (*exportTo)(void* out, const void* in, std::size_t points);
  /**
   * Independent affine additions that share inversions; equal points, opposite points and infinity are legal.
   * An output may replace an input of its own addition, and of no other.
   */
  void (*add)(const void* in, void* out, const Addition* additions, std::size_t count, void* scratch);
};

/** Additions that share one inversion: enough to hide it, few enough to stay in the second-level cache. */
inline constexpr std::size_t ADDITION_BATCH = 2048;

}  // namespace homeostat
