/** The proven states that a rollback can return to, and the hash chain that the guard keeps of them. */
import { keccakOfWords } from "../model/words.ts";

/** A proven state as far as a rollback restores it. @see contracts/interfaces/HomeostatTypes.sol Checkpoint */
export interface Checkpoint {
  readonly stateRoot: bigint;
  readonly box: bigint;
  readonly totalsWord: bigint;
  readonly lossWord: bigint;
  /** Head of the log's keccak chain after the last settled operation. */
  readonly logHead: bigint;
  /** Operations settled. */
  readonly settled: bigint;
  /** Sum of the receipts of the log's deposits up to there, token units. */
  readonly arrived: bigint;
  /** Claims created so far, void ones included. */
  readonly claimCount: bigint;
  /** What is owed to claims, quote units. */
  readonly unpaidClaims: bigint;
  /** What was ever paid to claims, quote units. */
  readonly paidTotal: bigint;
  /** Unix seconds of the block that proved it. */
  readonly provenAt: bigint;
}

const LIABILITIES_BITS = 63;

/** keccak256(abi.encode(head, checkpoint)). */
export function nextCheckpointHead(head: bigint, checkpoint: Checkpoint): bigint {
  return keccakOfWords([head, ...checkpointWords(checkpoint)]);
}

/** The members in the order of the contract's struct. */
export function checkpointWords(checkpoint: Checkpoint): readonly bigint[] {
  const { stateRoot, box, totalsWord, lossWord, logHead, settled, arrived } = checkpoint;
  const { claimCount, unpaidClaims, paidTotal, provenAt } = checkpoint;
  return [
    ...[stateRoot, box, totalsWord, lossWord, logHead, settled],
    ...[arrived, claimCount, unpaidClaims, paidTotal, provenAt],
  ];
}

/**
 * What the vault must hold for a checkpoint to be covered, quote units: what is owed there and not paid since, and the
 * tokens of deposits after it.
 * @param paidTotal what was paid to claims until now
 * @param arrived tokens of all deposits until now, also of abandoned ones
 */
export function neededAt(checkpoint: Checkpoint, paidTotal: bigint, arrived: bigint): bigint {
  const owed = BigInt.asUintN(LIABILITIES_BITS, checkpoint.totalsWord) + checkpoint.unpaidClaims;
  return owed + checkpoint.paidTotal - paidTotal + arrived - checkpoint.arrived;
}
