/** Deposits that no proven state holds: never settled, or abandoned by a fork of the log. */
import { OPERATION_TYPES } from "../model/operation.ts";
import { canonicalWords, operationFields } from "../model/operationWords.ts";
import { nextLogHead, type Replayed } from "../replay/replayed.ts";
import { addressOf } from "./claims.ts";

/** One of them; heads are those of the log's chain. */
export interface UnprovenDeposit {
  /** The head that it made: its name, for indices are used again after a fork. */
  readonly head: bigint;
  readonly headBefore: bigint;
  /** Index in the log, or in the branch that was abandoned. */
  readonly operation: number;
  /** Number of the fork that abandoned it; null: it is in the log. */
  readonly fork: number | null;
  /** Who made it, in lower case. */
  readonly owner: string;
  /** Raw words, as logged. */
  readonly words: readonly bigint[];
}

/** Deposits of the log after the proven state in force. @param fork that abandons them; null for none */
export function depositsAfter(
  { operations, settled, checkpoints }: Pick<Replayed, "operations" | "settled" | "checkpoints">,
  fork: number | null,
): readonly UnprovenDeposit[] {
  const deposits: UnprovenDeposit[] = [];
  let head = checkpoints.at(-1)?.checkpoint.logHead ?? 0n;
  for (const [offset, words] of operations.slice(settled).entries()) {
    const headBefore = head;
    head = nextLogHead(headBefore, words);
    const canonical = canonicalWords(words);
    if (OPERATION_TYPES[operationFields(canonical).type] !== "deposit") continue;
    const owner = addressOf(canonical[3] ?? 0n);
    deposits.push({ head, headBefore, operation: settled + offset, fork, owner, words });
  }
  return deposits;
}

/** Abandoned ones first; those that were posted again are among both. */
export function unprovenDeposits(replayed: Replayed): readonly UnprovenDeposit[] {
  return [...replayed.abandoned, ...depositsAfter(replayed, null)];
}
