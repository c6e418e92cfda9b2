/**
 * The gate that every key passes before anything uses it. It refuses keys under which proofs can be forged because the
 * second phase of the setup was skipped (delta is then the generator, which is gamma), which `snarkjs zkey verify` lets pass.
 */
import { bn254 } from "@noble/curves/bn254.js";
import { G2_GENERATOR } from "./bn254.ts";
import type { G1Json, G2Json, VerificationKey } from "./verificationKey.ts";

export class KeyRefusedError extends Error {
  override readonly name = "KeyRefusedError";
  readonly code = "KEY_REFUSED";
  readonly reasons: readonly string[];
  constructor(name: string, reasons: readonly string[]) {
    super(`the verification key of ${name} is refused: ${reasons.join("; ")}`);
    this.reasons = reasons;
  }
}

type G1Point = InstanceType<typeof bn254.G1.Point>;
type G2Point = InstanceType<typeof bn254.G2.Point>;

/** The point, or why it is none: coordinates are canonical, on the curve, of prime order, and not at infinity. */
function g1(json: G1Json): G1Point | string {
  if (json[2] !== "1") return "is the point at infinity";
  try {
    const point = bn254.G1.Point.fromAffine({ x: BigInt(json[0]), y: BigInt(json[1]) });
    point.assertValidity();
    return point;
  } catch {
    return "is not a point of the curve";
  }
}

function g2(json: G2Json): G2Point | string {
  if (json[2].join() !== "1,0") return "is the point at infinity";
  try {
    const [x, y] = [json[0], json[1]].map(([c0, c1]) => ({ c0: BigInt(c0), c1: BigInt(c1) }));
    if (x === undefined || y === undefined) return "has too few coordinates";
    const point = bn254.G2.Point.fromAffine({ x, y });
    point.assertValidity(); // of the subgroup too
    return point;
  } catch {
    return "is not a point of the prime-order subgroup";
  }
}

const GENERATOR_1 = bn254.G1.Point.BASE;
const GENERATOR_2 = bn254.G2.Point.fromAffine({
  x: { c0: G2_GENERATOR.x[0], c1: G2_GENERATOR.x[1] },
  y: { c0: G2_GENERATOR.y[0], c1: G2_GENERATOR.y[1] },
});

/** Why a key must not be used. @returns an empty list when it may be */
export function findKeyFaults(key: VerificationKey, publicSignals: number): readonly string[] {
  const faults: string[] = [];
  const sound = <Point>(name: string, result: Point | string): Point | undefined => {
    if (typeof result !== "string") return result;
    faults.push(`${name} ${result}`);
    return undefined;
  };
  if (key.protocol !== "groth16" || key.curve !== "bn128") faults.push("it is not a Groth16 key over BN254");
  if (key.nPublic !== publicSignals || key.IC.length !== publicSignals + 1) {
    faults.push(`it has ${key.nPublic} public signals and ${key.IC.length} IC points, wanted ${publicSignals}`);
  }

  const alpha = sound("alpha", g1(key.vk_alpha_1));
  if (alpha?.equals(GENERATOR_1) || alpha?.equals(GENERATOR_1.negate())) faults.push("alpha is the generator");

  const beta = sound("beta", g2(key.vk_beta_2));
  const gamma = sound("gamma", g2(key.vk_gamma_2));
  const delta = sound("delta", g2(key.vk_delta_2));
  const same = (left: G2Point | undefined, right: G2Point | undefined) =>
    left !== undefined && right !== undefined && (left.equals(right) || left.equals(right.negate()));
  if (gamma !== undefined && !gamma.equals(GENERATOR_2)) faults.push("gamma is not the generator");
  if (same(delta, gamma)) faults.push("delta equals gamma: phase 2 was skipped, anyone can forge proofs");
  if (same(delta, GENERATOR_2)) faults.push("delta is the generator: phase 2 was skipped, anyone can forge proofs");
  if (same(beta, GENERATOR_2)) faults.push("beta is the generator");
  if (same(beta, delta)) faults.push("beta equals delta");

  const seen = new Map<string, number>();
  key.IC.forEach((json, i) => {
    const point = sound(`IC[${i}]`, g1(json));
    if (point === undefined) return;
    const first = seen.get(json[0]); // equal x: the same point or its negative, either of which lets signals cancel
    if (first !== undefined) faults.push(`IC[${i}] equals IC[${first}] up to sign`);
    else seen.set(json[0], i);
  });
  return faults;
}

/**
 * Lets a key pass or throws.
 * @param name of the circuit, for the error
 * @param publicSignals how many the circuit has, from its r1cs
 * @throws {KeyRefusedError} with every reason
 */
export function assertKeyUsable(name: string, key: VerificationKey, publicSignals: number): void {
  const faults = findKeyFaults(key, publicSignals);
  if (faults.length > 0) throw new KeyRefusedError(name, faults);
}
