/** From a model's result to the arguments of the guard's two submit functions. */
import type { BatchResult } from "../../../verifier/model/batch.ts";
import type { RoundResult } from "../../../verifier/model/round.ts";
import type { CalldataProof } from "./proofs.ts";

export interface RoundSubmission {
  readonly update: {
    readonly round: bigint;
    readonly timestamp: bigint;
    readonly newOracleRoot: bigint;
    readonly dataCommitment: bigint;
  };
  readonly words: readonly bigint[];
  readonly priceWords: readonly bigint[];
}

export function roundSubmission({ next, signals }: RoundResult, words: readonly bigint[]): RoundSubmission {
  const { newOracleRoot, dataCommitment, priceWords } = signals;
  return { update: { round: next.round, timestamp: next.timestamp, newOracleRoot, dataCommitment }, words, priceWords };
}

export interface BatchSubmission {
  readonly update: {
    readonly firstOperation: bigint;
    readonly newStateRoot: bigint;
    readonly outcomeWord: bigint;
    readonly box: bigint;
    readonly totalsWord: bigint;
    readonly lossWord: bigint;
    readonly dataCommitment: bigint;
  };
  readonly operations: readonly (readonly bigint[])[];
}

/** @param operations raw words as logged @param firstOperation index in the log */
export function batchSubmission(
  { signals }: BatchResult,
  operations: readonly (readonly bigint[])[],
  firstOperation: bigint,
): BatchSubmission {
  const { newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment } = signals;
  return {
    update: { firstOperation, newStateRoot, outcomeWord, box, totalsWord, lossWord, dataCommitment },
    operations,
  };
}

/** The arguments of submitRound. */
export const roundArguments = ({ update, words, priceWords }: RoundSubmission, proof: CalldataProof) =>
  [update, words, priceWords, proof] as const;

/** The arguments of settleBatch. */
export const batchArguments = ({ update, operations }: BatchSubmission, proof: CalldataProof) =>
  [update, operations, proof] as const;
