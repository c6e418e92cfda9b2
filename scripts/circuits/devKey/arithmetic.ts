import type { R1cs } from "../r1cs.ts";
import type { SetupSecrets } from "./seed.ts";

/** What a setup multiplies the generators by: integers below r, 32 bytes each, little-endian. */
export interface KeyScalars {
  /** A and B of each wire at tau. */
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  /** beta A + alpha B + C of each wire: over gamma for one and the public signals, over delta for the others. */
  readonly k: Uint8Array;
  /** The basis of H over delta: Lagrange polynomials of the domain of twice the size, at its odd positions. */
  readonly h: Uint8Array;
  /** Section 4 of a zkey: count, then {matrix, row, wire, coefficient * R^2} for every entry of A and B. */
  readonly coefficients: Uint8Array;
}

export type GroupName = "g1" | "g2";

/** The heavy work of a development key. Every implementation gives the same bytes. */
export interface KeyArithmetic {
  /** For people: "WebAssembly", "native (ifma)". */
  readonly name: string;
  evaluate(circuit: R1cs, secrets: SetupSecrets): KeyScalars;
  /**
   * Multiples of a group's generator.
   * @param scalars as in KeyScalars
   * @returns affine points as a zkey holds them, one a scalar; infinity is all zero
   */
  multiply(group: GroupName, scalars: Uint8Array): Uint8Array;
}
