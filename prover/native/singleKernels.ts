import type { LevelName } from "./levelName.ts";

/** Inner loops one by one, for the tests and the benchmark (src/kernelEntries.cpp, src/tableEntries.cpp). */
export interface SingleKernels {
  /** One operation per element, Montgomery form (R = 2^256) in and out. */
  field(
    level: LevelName,
    field: "fq" | "fr" | "fq2",
    operation: "multiply" | "add" | "subtract" | "square" | "inverse",
    left: Uint8Array,
    right: Uint8Array,
  ): Uint8Array;
  /** Affine sums of neighbouring points. */
  addPairs(level: LevelName, group: "g1" | "g2", points: Uint8Array): Uint8Array;
  /** Sum of scalar * base, affine. */
  msm(level: LevelName, group: "g1" | "g2", bases: Uint8Array, scalars: Uint8Array, threads: number): Uint8Array;
  /**
   * The same over a table made for the call.
   * @param shape bits of a window, sets of buckets, and n when every n-th base is to be left out of the table, else 0
   */
  tableMsm(
    level: LevelName,
    group: "g1" | "g2",
    bases: Uint8Array,
    scalars: Uint8Array,
    threads: number,
    shape: Uint8Array,
  ): Uint8Array;
  /** The scalars of the key's H points. */
  quotient(level: LevelName, zkey: Uint8Array, wtns: Uint8Array, threads: number): Uint8Array;
  /** Nanoseconds of one multiplication in the base field. */
  timeMultiply(level: LevelName, rounds: number): number;
}
