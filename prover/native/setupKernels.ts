import type { LevelName } from "./levelName.ts";

/** Integers of 32 bytes: A, B and (beta A + alpha B + C), over gamma or delta, of each wire at tau; the basis of H over delta. */
export interface RawKeyScalars {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly k: Uint8Array;
  readonly h: Uint8Array;
  /** Section 4 of a zkey. */
  readonly coefficients: Uint8Array;
}

/** What a development key is made with (src/setupEntries.cpp). */
export interface SetupKernels {
  /**
   * scalar * base for each scalar, as a key holds points.
   * @param scalars integers below r, 32 bytes each
   * @param threads 0 for one per processor
   */
  fixedBase(level: LevelName, group: "g1" | "g2", base: Uint8Array, scalars: Uint8Array, threads: number): Uint8Array;
  /**
   * What a Groth16 setup multiplies the generators by, on every processor.
   * @param constraints the section of an r1cs file
   * @param secrets tau, alpha, beta and 1 / delta, integers of 32 bytes
   */
  keyScalars(
    level: LevelName,
    constraints: Uint8Array,
    wires: number,
    constraintCount: number,
    publicSignals: number,
    secrets: Uint8Array,
  ): RawKeyScalars;
}
