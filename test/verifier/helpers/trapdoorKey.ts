/** A Groth16 key whose toxic waste is known, so that a test can make an accepted proof of any signals. */
import { bn254 } from "@noble/curves/bn254.js";
import type { Groth16Proof } from "../../../verifier/check/groth16.ts";
import type { VerificationKey } from "../../../verifier/check/verificationKey.ts";

export interface TrapdoorKey {
  readonly key: VerificationKey;
  prove(signals: readonly bigint[]): Groth16Proof;
}

const { Fr } = bn254.fields;
const ALPHA = 11n;
const BETA = 13n;
const DELTA = 17n;
const A = 23n;
const B = 29n;

/** @param signals how many public signals the circuit has */
export function makeTrapdoorKey(signals: number): TrapdoorKey {
  const g1 = (scalar: bigint) => bn254.G1.Point.BASE.multiply(scalar);
  const g2 = (scalar: bigint) => bn254.G2.Point.BASE.multiply(scalar);
  const weights = Array.from({ length: signals + 1 }, (_, index) => 101n + BigInt(index));
  return {
    key: { alpha: g1(ALPHA), beta: g2(BETA), gamma: g2(1n), delta: g2(DELTA), signalPoints: weights.map(g1) },
    prove(values) {
      const combined = weights
        .slice(1)
        .reduce((sum, weight, index) => Fr.add(sum, Fr.mul(weight, Fr.create(values[index] ?? 0n))), weights[0] ?? 0n);
      const c = Fr.div(Fr.sub(Fr.sub(A * B, ALPHA * BETA), combined), DELTA);
      const [a, b, point] = [g1(A).toAffine(), g2(B).toAffine(), g1(c).toAffine()];
      return {
        a: [a.x, a.y],
        b: [
          [b.x.c1, b.x.c0],
          [b.y.c1, b.y.c0],
        ],
        c: [point.x, point.y],
      };
    },
  };
}
