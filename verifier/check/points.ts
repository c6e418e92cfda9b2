/** Points of BN254 as the EVM writes them: checked to be on the curve and in the subgroup, or refused with a reason. */
import { bn254 } from "@noble/curves/bn254.js";

export type G1 = InstanceType<typeof bn254.G1.Point>;
export type G2 = InstanceType<typeof bn254.G2.Point>;
/** Affine (x, y). (0, 0) is the identity, as in the EVM's precompiles. */
export type G1Coordinates = readonly [bigint, bigint];
/** Affine (x, y), each with the imaginary part first, as in the EVM's precompiles. All zero is the identity. */
export type G2Coordinates = readonly [readonly [bigint, bigint], readonly [bigint, bigint]];

const MODULUS = bn254.fields.Fp.ORDER;

/** @returns the point, or why it is none */
export function pointG1([x, y]: G1Coordinates): G1 | string {
  if (x === 0n && y === 0n) return bn254.G1.Point.ZERO;
  if (![x, y].every(isCoordinate)) return "a G1 coordinate is not below the field modulus";
  return checked(bn254.G1.Point.fromAffine({ x, y }), "G1"); // G1 has cofactor 1: on the curve is in the subgroup
}

/** @returns the point, or why it is none */
export function pointG2([[xImaginary, xReal], [yImaginary, yReal]]: G2Coordinates): G2 | string {
  const parts = [xImaginary, xReal, yImaginary, yReal];
  if (parts.every((part) => part === 0n)) return bn254.G2.Point.ZERO;
  if (!parts.every(isCoordinate)) return "a G2 coordinate is not below the field modulus";
  const x = bn254.fields.Fp2.fromBigTuple([xReal, xImaginary]);
  const y = bn254.fields.Fp2.fromBigTuple([yReal, yImaginary]);
  return checked(bn254.G2.Point.fromAffine({ x, y }), "G2");
}

function isCoordinate(value: bigint): boolean {
  return value >= 0n && value < MODULUS;
}

function checked<P extends { assertValidity(): void }>(point: P, group: string): P | string {
  try {
    point.assertValidity(); // on the curve and in the prime-order subgroup
    return point;
  } catch {
    return `a point is not on the curve or not in the subgroup of ${group}`;
  }
}
