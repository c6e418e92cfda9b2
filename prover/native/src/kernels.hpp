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
  /**
   * The same with left operands from `buckets`, right ones from `points`, and the sum in the place of the left one: an addition's
   * `outIndex` is its `left >> 1`. No bucket may occur twice.
   */
  void (*accumulate)(void* buckets, const void* points, const Addition* additions, std::size_t count, void* scratch);
};

/** Additions that share one inversion: enough to hide it, few enough to stay in the second-level cache. */
inline constexpr std::size_t ADDITION_BATCH = 2048;

/**
 * Number-theoretic transforms over blocks of eight elements. Twiddles lie in one table of `domain` elements:
 * the powers of the 2h-th root of unity, j < h, from index h on.
 */
struct TransformKernel {
  /** Bytes of eight elements. */
  std::size_t blockBytes;
  /** Least elements of a (sub-)transform. */
  std::size_t minimum;
  /** From Montgomery form with R = 2^256; any number of blocks. */
  void (*import)(void* out, const void* in, std::size_t blocks);
  /** One layer of decimation in frequency over `size` elements, butterflies of blocks [from, to) of the first half. */
  void (*inverseLayer)(void* x, std::size_t size, const void* twiddles, std::size_t from, std::size_t to);
  /** The same of decimation in time. */
  void (*forwardLayer)(void* x, std::size_t size, const void* twiddles, std::size_t from, std::size_t to);
  /** All layers over `size` elements: natural order in, bit-reversed out, without the factor 1 / size. */
  void (*inverse)(void* x, std::size_t size, const void* twiddles);
  /** All layers: bit-reversed order in, natural out. */
  void (*forward)(void* x, std::size_t size, const void* twiddles);
  /** x *= factors. */
  void (*scale)(void* x, const void* factors, std::size_t blocks);
  /** scalars = a * b - c, as integers of 32 bytes. */
  void (*join)(void* scalars, const void* a, const void* b, const void* c, std::size_t blocks);
};

/** A way to compute on this machine. */
struct Level {
  const char* name;
  GroupKernel g1, g2;
  TransformKernel transform;
};

}  // namespace homeostat
