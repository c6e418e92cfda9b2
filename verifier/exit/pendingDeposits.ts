/** Deposits that were logged and never settled: their tokens are in the vault, and no account has them. */

import { askContract } from "../replay/askContract.ts";
import { ENGINE } from "../replay/readRecords.ts";
import type { Rpc } from "../replay/rpc.ts";
import { addressOf } from "./opening.ts";
import type { RecoveredState } from "./recoverState.ts";

/** A pending deposit with what shows it to the exit hall. */
export interface PendingDeposit {
  /** Index in the log. */
  readonly operation: number;
  /** Who made it, in lower case. */
  readonly owner: string;
  /** Quote units. */
  readonly amount: bigint;
  readonly words: readonly bigint[];
  /** Chain head of the log before it, 32 bytes. */
  readonly headBefore: string;
}

const DEPOSIT = 1n; // contracts/libraries/OperationWords.sol
const ADDRESS_BITS = 160;
const AMOUNT_AT = 67n;
const AMOUNT_BITS = 63;

/** @throws {CouldNotCheckError} when the log cannot be read */
export async function readPendingDeposits(
  rpc: Rpc,
  engine: string,
  { operations, settled, history }: Pick<RecoveredState, "operations" | "settled" | "history">,
): Promise<readonly PendingDeposit[]> {
  const deposits: PendingDeposit[] = [];
  for (const [offset, words] of operations.slice(settled).entries()) {
    const [head = 0n, terms = 0n, , ownerWord = 0n] = words;
    if (head % 16n !== DEPOSIT) continue;
    const operation = settled + offset;
    const { headBefore } = await askContract(rpc, ENGINE, engine, history.head.number, "headsOf", operation, 1);
    deposits.push({
      operation,
      owner: addressOf(BigInt.asUintN(ADDRESS_BITS, ownerWord)),
      amount: BigInt.asUintN(AMOUNT_BITS, terms >> AMOUNT_AT),
      words,
      headBefore: String(headBefore),
    });
  }
  return deposits;
}
