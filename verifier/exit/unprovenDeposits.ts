/** Deposits that no proven state holds: never settled, or abandoned by a fork of the log and not posted again. */

import { OPERATION_TYPES } from "../model/operation.ts";
import { canonicalWords, operationFields } from "../model/operationWords.ts";
import { askContract } from "../replay/askContract.ts";
import type { HistoryRecord } from "../replay/history.ts";
import { ENGINE } from "../replay/readRecords.ts";
import { nextLogHead } from "../replay/replayed.ts";
import type { Rpc } from "../replay/rpc.ts";
import { addressOf } from "./opening.ts";
import type { RecoveredState } from "./recoverState.ts";

/** A deposit with what shows it to the exit hall. Heads are those of the log's chain, "0x" and 64 hex digits. */
export interface UnprovenDeposit {
  /** The head that it made: its name, for indices are used again after a fork. */
  readonly head: string;
  readonly headBefore: string;
  /** Index in the log, or in the branch that was abandoned. */
  readonly operation: number;
  /** Number of the fork that abandoned it; null: it is in the log. */
  readonly fork: number | null;
  /** Who made it, in lower case. */
  readonly owner: string;
  /** What arrived, quote units. */
  readonly amount: bigint;
  readonly words: readonly bigint[];
}

type Candidate = Pick<UnprovenDeposit, "operation" | "fork" | "words"> & Readonly<Record<"before" | "after", bigint>>;

const ADDRESS_BITS = 160;
const WORD_BYTES = 32;

/** @throws {CouldNotCheckError} when the log's receipts cannot be read */
export async function readUnprovenDeposits(
  rpc: Rpc,
  engine: string,
  { settled, history }: Pick<RecoveredState, "settled" | "history">,
): Promise<readonly UnprovenDeposit[]> {
  const deposits: UnprovenDeposit[] = [];
  for (const { operation, fork, words, before, after } of unprovenDeposits(history.records, settled)) {
    const head = toHex(after);
    const [{ amount }] = await askContract(rpc, ENGINE, engine, history.head.number, "tokensArrived", head);
    if (amount === 0n) continue; // no tokens came with it, or it was posted again
    const owner = addressOf(BigInt.asUintN(ADDRESS_BITS, words[3] ?? 0n));
    deposits.push({ head, headBefore: toHex(before), operation, fork, owner, amount, words });
  }
  return deposits;
}

/**
 * Every deposit that was logged and is not in the settled part of the log, in the order of abandonment, those of the log last.
 * @param settled operations of the log that the proven state holds
 */
export function unprovenDeposits(records: readonly HistoryRecord[], settled: number): readonly Candidate[] {
  const abandoned: Candidate[] = [];
  let log: readonly Candidate[] = [];
  for (const record of records) {
    if (record.kind === "operation") {
      const before = log.at(-1)?.after ?? 0n;
      const after = nextLogHead(before, record.words);
      log = [...log, { operation: log.length, fork: null, words: record.words, before, after }];
    } else if (record.kind === "rollback" && record.fork !== null) {
      const from = Number(record.fork.fromIndex);
      const fork = Number(record.fork.fork);
      abandoned.push(...log.slice(from).map((one) => ({ ...one, fork })));
      log = log.slice(0, from);
    }
  }
  const isDeposit = ({ words }: Candidate) => OPERATION_TYPES[operationFields(canonicalWords(words)).type] === "deposit";
  return [...abandoned, ...log.slice(settled)].filter(isDeposit);
}

function toHex(head: bigint): string {
  return `0x${head.toString(16).padStart(2 * WORD_BYTES, "0")}`;
}
