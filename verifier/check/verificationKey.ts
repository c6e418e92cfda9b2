/** A Groth16 verification key over BN254, parsed from snarkjs' JSON, and the gate that refuses keys anybody could forge for. */
import { bn254 } from "@noble/curves/bn254.js";
import { type G1, type G2, pointG1, pointG2 } from "./points.ts";

/** All points are on their curve and in the prime-order subgroup; none is the identity. */
export interface VerificationKey {
  readonly alpha: G1;
  readonly beta: G2;
  readonly gamma: G2;
  readonly delta: G2;
  /** One point for the constant and one for each public signal. */
  readonly signalPoints: readonly G1[];
}

export class VerificationKeyError extends Error {
  override readonly name = "VerificationKeyError";
  readonly code = "VERIFICATION_KEY";
}

/**
 * @param json what snarkjs exports: numbers as decimal text, projective coordinates, G2 with the real part first
 * @throws {VerificationKeyError} when the key is malformed, or when proofs for it can be forged (phase 2 was skipped)
 */
export function parseVerificationKey(json: unknown): VerificationKey {
  const record = asRecord(json);
  if (record.protocol !== "groth16" || record.curve !== "bn128")
    throw new VerificationKeyError("not Groth16 over bn128");
  const points = asList(record.IC, "IC").map((point, index) => g1(point, `IC[${index}]`));
  const key: VerificationKey = {
    alpha: g1(record.vk_alpha_1, "vk_alpha_1"),
    beta: g2(record.vk_beta_2, "vk_beta_2"),
    gamma: g2(record.vk_gamma_2, "vk_gamma_2"),
    delta: g2(record.vk_delta_2, "vk_delta_2"),
    signalPoints: points,
  };
  if (record.nPublic !== points.length - 1)
    throw new VerificationKeyError("nPublic does not fit the number of IC points");
  const weakness = weaknessOf(key);
  if (weakness !== null) throw new VerificationKeyError(weakness);
  return key;
}

/** Why proofs can be forged for this key, or null. */
function weaknessOf(key: VerificationKey): string | null {
  const generator = bn254.G2.Point.BASE;
  if (key.delta.equals(key.gamma) || key.delta.equals(generator)) return "phase 2 was skipped: proofs can be forged";
  if (!key.gamma.equals(generator)) return "gamma is not the generator of G2";
  if (key.beta.equals(generator) || key.beta.equals(key.delta)) return "beta is degenerate";
  const distinct = new Set(key.signalPoints.map((point) => point.toHex()));
  if (distinct.size !== key.signalPoints.length) return "two IC points are equal: two signals can be exchanged";
  return null;
}

function g1(value: unknown, name: string): G1 {
  const [x, y, z] = asList(value, name).map((part) => asNumber(part, name));
  if (z !== 1n) throw new VerificationKeyError(`${name} is not an affine point`);
  const point = pointG1([x ?? 0n, y ?? 0n]);
  if (typeof point === "string" || point.is0())
    throw new VerificationKeyError(`${name} is not a point of G1, or is the identity`);
  return point;
}

function g2(value: unknown, name: string): G2 {
  const parts = asList(value, name).map((pair) => asList(pair, name).map((part) => asNumber(part, name)));
  const [x = [], y = [], z = []] = parts;
  if (z[0] !== 1n || z[1] !== 0n) throw new VerificationKeyError(`${name} is not an affine point`);
  const point = pointG2([
    [x[1] ?? 0n, x[0] ?? 0n],
    [y[1] ?? 0n, y[0] ?? 0n],
  ]);
  if (typeof point === "string" || point.is0())
    throw new VerificationKeyError(`${name} is not a point of G2, or is the identity`);
  return point;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new VerificationKeyError("not an object");
  return value as Readonly<Record<string, unknown>>; // any object may be read by name; each field is checked where it is used
}

function asList(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new VerificationKeyError(`${name} is not a list`);
  return value;
}

function asNumber(value: unknown, name: string): bigint {
  if (typeof value !== "string" || !/^\d{1,80}$/.test(value))
    throw new VerificationKeyError(`${name} holds no decimal text`);
  return BigInt(value);
}
