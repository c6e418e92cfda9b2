// The AVX-512 IFMA kernels. Their files tell the compiler to use those instructions for their own functions only.
#pragma once
#include "kernels.hpp"

namespace homeostat {

extern const GroupKernel IFMA_G1, IFMA_G2;
extern const TransformKernel IFMA_TRANSFORM;

/** Inverts elements of Fq in Montgomery form with R = 2^256, none of them zero, through one inversion. */
void invertAll(u64 (*values)[4], std::size_t count);

/** Nanoseconds of one multiplication in Fq, from four registers of eight that do not wait for each other. */
double timeIfmaMultiply(std::size_t rounds, double (*now)());

}  // namespace homeostat
