/** Ways to compute, the fastest first: AVX-512 IFMA, ADX / BMI2, plain 64-bit C++. */
export type LevelName = "ifma" | "adx" | "portable";
