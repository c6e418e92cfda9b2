import { createRequire } from "node:module";
import type { VerificationKey } from "../../../../scripts/circuits/verificationKey.ts";

export interface SnarkjsProof {
  readonly pi_a: readonly string[];
  readonly pi_b: readonly (readonly string[])[];
  readonly pi_c: readonly string[];
  readonly protocol: string;
  readonly curve: string;
}

interface Snarkjs {
  readonly groth16: {
    fullProve(input: unknown, wasm: string, zkey: string): Promise<{ proof: SnarkjsProof; publicSignals: string[] }>;
    verify(key: VerificationKey, signals: readonly string[], proof: SnarkjsProof): Promise<boolean>;
  };
  readonly zKey: {
    newZKey(r1cs: string, ptau: string, zkey: string): Promise<unknown>;
    contribute(input: string, output: string, name: string, entropy: string): Promise<unknown>;
    exportVerificationKey(zkey: string): Promise<VerificationKey & { readonly vk_alphabeta_12: unknown }>;
  };
  readonly powersOfTau: {
    newAccumulator(curve: unknown, power: number, output: string): Promise<unknown>;
    contribute(input: string, output: string, name: string, entropy: string): Promise<unknown>;
    preparePhase2(input: string, output: string): Promise<unknown>;
  };
  readonly curves: { getCurveFromName(name: string): Promise<{ terminate(): Promise<void> }> };
}

/** snarkjs with the part of its interface that these tests use. */
export const snarkjs = createRequire(import.meta.url)("snarkjs") as Snarkjs;

/** Ends the worker threads that snarkjs leaves behind. */
export async function endSnarkjs(): Promise<void> {
  const curve = await snarkjs.curves.getCurveFromName("bn128");
  await curve.terminate();
}

/** A proof as the contract takes it. @see snarkjs' exportSolidityCallData */
export function toCalldata({ pi_a, pi_b, pi_c }: SnarkjsProof) {
  const pair = (point: readonly string[]): [bigint, bigint] => [BigInt(point[0]!), BigInt(point[1]!)];
  const swapped = (point: readonly string[]): [bigint, bigint] => [BigInt(point[1]!), BigInt(point[0]!)];
  return {
    a: pair(pi_a),
    b: [swapped(pi_b[0]!), swapped(pi_b[1]!)] as [[bigint, bigint], [bigint, bigint]],
    c: pair(pi_c),
  };
}
