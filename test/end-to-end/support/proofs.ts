/** Proofs by the development keys, in this test's own hands: no prover service in between. */
import { bn254 } from "@noble/curves/bn254.js";
import type { GrothProof, ProofBackend } from "../../../prover/proving/backend.ts";
import { provingArtefacts } from "../../../prover/proving/provingArtefacts.ts";
import { createSnarkjsBackend } from "../../../prover/proving/snarkjsBackend.ts";
import { loadArtefacts } from "../../../scripts/circuits/artefacts.ts";

/** A proof as the contracts take it: the imaginary part of b first. */
export interface CalldataProof {
  readonly a: readonly [bigint, bigint];
  readonly b: readonly [readonly [bigint, bigint], readonly [bigint, bigint]];
  readonly c: readonly [bigint, bigint];
}

/** @param children how many proofs may be made at once */
export async function devBackend(children = 1): Promise<ProofBackend> {
  const { OracleRound, MarginBatch } = provingArtefacts(await loadArtefacts("dev"));
  return createSnarkjsBackend({ circuits: [OracleRound, MarginBatch], children });
}

export function toCalldata({ a, b, c }: GrothProof): CalldataProof {
  const [[x0, x1], [y0, y1]] = b;
  return { a, b: [[x1, x0], [y1, y0]], c }; // biome-ignore format: one point
}

const { G1, G2 } = bn254;
const SCALARS = bn254.fields.Fr;
type Pair = readonly [bigint, bigint];

/** The opposite point of G1. */
export const negated = ([x, y]: Pair): Pair => [x, bn254.fields.Fp.ORDER - y];

/** (k A, B / k, C): another proof of the same statement, which anyone can make of a proof. */
export function scaled({ a, b, c }: CalldataProof, factor: bigint): CalldataProof {
  const A = G1.Point.fromAffine({ x: a[0], y: a[1] }).multiply(factor).toAffine();
  const point = { x: { c0: b[0][1], c1: b[0][0] }, y: { c0: b[1][1], c1: b[1][0] } };
  const B = G2.Point.fromAffine(point).multiply(SCALARS.inv(factor)).toAffine();
  return { a: [A.x, A.y], b: [[B.x.c1, B.x.c0], [B.y.c1, B.y.c0]], c }; // biome-ignore format: one point
}

/** A proof that proves nothing, for verifiers that accept everything. */
export const EMPTY_PROOF: CalldataProof = { a: [0n, 0n], b: [[0n, 0n], [0n, 0n]], c: [0n, 0n] }; // biome-ignore format: points
