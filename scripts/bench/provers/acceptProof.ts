import { verifyGroth16 } from "../../../verifier/check/groth16.ts";
import type { VerificationKey } from "../../../verifier/check/verificationKey.ts";
import type { ProverName } from "./figures.ts";
import type { JsonProof } from "./protocol.ts";
import { ProverFailedError } from "./proverProcess.ts";

type Pair = readonly [bigint, bigint];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const number = (value: unknown): bigint => (typeof value === "string" && /^\d+$/.test(value) ? BigInt(value) : -1n); // -1 is refused
const pair = (value: unknown): Pair => [number(list(value)[0]), number(list(value)[1])];
const imaginaryFirst = (value: unknown): Pair => {
  const [real, imaginary] = pair(value);
  return [imaginary, real];
};

/** @throws {ProverFailedError} when a proof in snarkjs' JSON does not verify: fast and wrong is not fast */
export function acceptProof(key: VerificationKey, prover: ProverName, { proof, publicSignals }: JsonProof): void {
  const parts = (typeof proof === "object" && proof !== null ? proof : {}) as Readonly<Record<string, unknown>>;
  const [bx, by] = list(parts.pi_b);
  const verdict = verifyGroth16(key, list(publicSignals).map(number), {
    a: pair(parts.pi_a),
    b: [imaginaryFirst(bx), imaginaryFirst(by)],
    c: pair(parts.pi_c),
  });
  if (!verdict.accepted) throw new ProverFailedError(prover, `its proof does not verify: ${verdict.reason}`);
}
