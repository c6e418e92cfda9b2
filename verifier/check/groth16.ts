/**
 * Groth16 over BN254 on @noble/curves: no workers, no WASM, the second implementation beside snarkjs and the EVM's precompiles.
 * @see contracts/generated, the verifier contract of the same equation
 */
import { bn254 } from "@noble/curves/bn254.js";
import { type G1, type G1Coordinates, type G2, type G2Coordinates, pointG1, pointG2 } from "./points.ts";
import type { VerificationKey } from "./verificationKey.ts";

/** A proof as the guard's calldata carries it: `b` with the imaginary part first. */
export interface Groth16Proof {
  readonly a: G1Coordinates;
  readonly b: G2Coordinates;
  readonly c: G1Coordinates;
}

/** `reason` says what is wrong with a proof that is not accepted. */
export type ProofVerdict = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

const FIELD = bn254.fields.Fr.ORDER;

/**
 * Whether e(a, b) = e(alpha, beta) e(signals, gamma) e(c, delta). Total: malformed input is a refusal, never an exception.
 * @param signals public signals in the circuit's order, each below the scalar field's order
 */
export function verifyGroth16(key: VerificationKey, signals: readonly bigint[], proof: Groth16Proof): ProofVerdict {
  if (signals.length !== key.signalPoints.length - 1) {
    return refused(`${signals.length} signals for a key of ${key.signalPoints.length - 1}`);
  }
  const outside = signals.findIndex((signal) => signal < 0n || signal >= FIELD);
  if (outside >= 0) return refused(`signal ${outside} is not below the scalar field's order`);
  const a = pointG1(proof.a);
  if (typeof a === "string") return refused(`a: ${a}`);
  const b = pointG2(proof.b);
  if (typeof b === "string") return refused(`b: ${b}`);
  const c = pointG1(proof.c);
  if (typeof c === "string") return refused(`c: ${c}`);

  const pairs: readonly (readonly [G1, G2])[] = [
    [a.negate(), b],
    [key.alpha, key.beta],
    [combine(key, signals), key.gamma],
    [c, key.delta],
  ];
  return productIsOne(pairs) ? { accepted: true } : refused("the pairing equation does not hold");
}

/** IC_0 + sum of signal_i IC_{i+1}. */
function combine(key: VerificationKey, signals: readonly bigint[]): G1 {
  const [constant, ...points] = key.signalPoints;
  const terms = points.map((point, index) => point.multiplyUnsafe(signals[index] ?? 0n));
  return terms.reduce((sum, term) => sum.add(term), constant ?? bn254.G1.Point.ZERO);
}

/** The product of pairings; a pair with the identity contributes 1, as in the EVM's precompile. */
function productIsOne(pairs: readonly (readonly [G1, G2])[]): boolean {
  const proper = pairs.filter(([g1, g2]) => !g1.is0() && !g2.is0()).map(([g1, g2]) => ({ g1, g2 }));
  const { Fp12 } = bn254.fields;
  return Fp12.eql(bn254.pairingBatch(proper), Fp12.ONE);
}

function refused(reason: string): ProofVerdict {
  return { accepted: false, reason };
}
