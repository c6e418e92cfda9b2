import { BASE_FIELD, G1_GENERATOR, G2_GENERATOR, toLittleEndian } from "../bn254.ts";
import type { GroupName } from "./arithmetic.ts";

const MONTGOMERY_BITS = 256n;

/**
 * An affine point as a zkey holds it: Montgomery form with R = 2^256.
 * @param coordinates x, y in G1; x real, x imaginary, y real, y imaginary in G2
 */
export const packPoint = (...coordinates: readonly bigint[]): Uint8Array =>
  Buffer.concat(coordinates.map((value) => toLittleEndian((value << MONTGOMERY_BITS) % BASE_FIELD)));

/** The generators of both groups as a zkey holds points. */
export const GENERATORS: Readonly<Record<GroupName, Uint8Array>> = {
  g1: packPoint(G1_GENERATOR.x, G1_GENERATOR.y),
  g2: packPoint(...G2_GENERATOR.x, ...G2_GENERATOR.y),
};
