import type { BatchSignals } from "../../verifier/model/batch.ts";
import type { RoundSignals } from "../../verifier/model/round.ts";
import { GUARD } from "../chain/events.ts";
import type { GrothProof } from "../proving/backend.ts";

/** Calldata of the guard's two submissions. The guard builds every public signal that it can; the rest is given here. */

/** @param words report words of the round, four per reporter slot */
export function submitRoundCall(
  round: bigint,
  timestampSec: bigint,
  signals: RoundSignals,
  words: readonly bigint[],
  proof: GrothProof,
): string {
  const { newOracleRoot, dataCommitment, priceWords } = signals;
  return GUARD.encodeFunctionData("submitRound", [
    { round, timestamp: timestampSec, newOracleRoot, dataCommitment },
    words,
    priceWords,
    evmProof(proof),
  ]);
}

/** @param operations raw words of each operation, as logged, without padding */
export function settleBatchCall(
  firstOperation: number,
  signals: BatchSignals,
  operations: readonly (readonly bigint[])[],
  proof: GrothProof,
): string {
  const { newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment } = signals;
  const update = { firstOperation, newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment };
  return GUARD.encodeFunctionData("settleBatch", [update, operations, evmProof(proof)]);
}

/** The EVM's pairing takes the imaginary part of a G2 coordinate first; snarkjs writes the real part first. */
function evmProof({ a, b, c }: GrothProof): {
  a: readonly bigint[];
  b: readonly (readonly bigint[])[];
  c: readonly bigint[];
} {
  return { a, b: b.map(([real, imaginary]) => [imaginary, real]), c };
}
