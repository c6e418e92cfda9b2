/** The name of a verification key: the contract's KEY_DIGEST. */
import { createHash } from "node:crypto";
import type { G1, G2 } from "./points.ts";
import type { VerificationKey } from "./verificationKey.ts";

/**
 * sha256 of the key in snarkjs' JSON with sorted names and no white space.
 * @returns 64 hex digits
 * @see scripts/circuits/verificationKey.ts, the builder's twin; a test compares them
 */
export function keyDigest(key: VerificationKey): string {
  const canonical = [
    `"IC":${list(key.signalPoints.map(g1))}`,
    `"curve":"bn128"`,
    `"nPublic":${key.signalPoints.length - 1}`,
    `"protocol":"groth16"`,
    `"vk_alpha_1":${g1(key.alpha)}`,
    `"vk_beta_2":${g2(key.beta)}`,
    `"vk_delta_2":${g2(key.delta)}`,
    `"vk_gamma_2":${g2(key.gamma)}`,
  ];
  return createHash("sha256").update(`{${canonical.join()}}`).digest("hex");
}

function g1(point: G1): string {
  const { x, y } = point.toAffine();
  return list([text(x), text(y), text(1n)]);
}

function g2(point: G2): string {
  const { x, y } = point.toAffine();
  const pair = (real: bigint, imaginary: bigint) => list([text(real), text(imaginary)]);
  return list([pair(x.c0, x.c1), pair(y.c0, y.c1), pair(1n, 0n)]);
}

function text(value: bigint): string {
  return `"${value}"`;
}

function list(items: readonly string[]): string {
  return `[${items.join()}]`;
}
