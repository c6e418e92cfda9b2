import { bn254 } from "@noble/curves/bn254.js";
import { SCALAR_FIELD, toLittleEndian } from "../bn254.ts";
import type { KeyArithmetic } from "./arithmetic.ts";
import { packPoint } from "./generators.ts";

const SCALARS = [1n, 2n, 0xffff_ffffn, SCALAR_FIELD >> 1n, SCALAR_FIELD - 1n];

/** Whether an arithmetic multiplies the generators of both groups as @noble/curves does, on a few scalars; never an exception. */
export function agreesWithNoble(arithmetic: KeyArithmetic): boolean {
  const scalars = Buffer.concat(SCALARS.map(toLittleEndian));
  const inG1 = SCALARS.map((scalar) => bn254.G1.Point.BASE.multiplyUnsafe(scalar).toAffine());
  const inG2 = SCALARS.map((scalar) => bn254.G2.Point.BASE.multiplyUnsafe(scalar).toAffine());
  const g1 = Buffer.concat(inG1.map(({ x, y }) => packPoint(x, y)));
  const g2 = Buffer.concat(inG2.map(({ x, y }) => packPoint(x.c0, x.c1, y.c0, y.c1)));
  try {
    return g1.equals(arithmetic.multiply("g1", scalars)) && g2.equals(arithmetic.multiply("g2", scalars));
  } catch {
    return false; // what it failed of does not matter: there is another one
  }
}
