// The AVX-512 IFMA kernels. Their files tell the compiler to use those instructions for their own functions only.
#pragma once
#include "kernels.hpp"
#include "limbs52.hpp"

namespace homeostat {

extern const GroupKernel IFMA_G1, IFMA_G2;
extern const TransformKernel IFMA_TRANSFORM;

/** Inverts elements of Fq in Montgomery form with R = 2^256, none of them zero, through one inversion. */
void invertAll(u64 (*values)[4], std::size_t count);

/** Nanoseconds of one multiplication in Fq, from four registers of eight that do not wait for each other. */
double timeIfmaMultiply(std::size_t rounds, double (*now)());

/** Poseidon's constants in Montgomery form with R = 2^260, below p; matrices by column. */
struct WidePoseidon {
  u32 width, partialRounds;
  const Limbs52 *rounds, *full, *last, *sparse;
};

/** Hashes of eight lists of width - 1 integers; the outputs may be where the first inputs were. */
void hashEight(const WidePoseidon& table, const u64* inputs, u64* outputs);

}  // namespace homeostat
