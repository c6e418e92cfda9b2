/** Deposits that no proven state holds and whose tokens are in the vault: what the exit hall returns. */

import { ENGINE } from "../chain/interfaces.ts";
import type { UnprovenDeposit } from "../check/unprovenDeposits.ts";
import { askContract } from "../replay/askContract.ts";
import type { Rpc } from "../replay/rpc.ts";
import type { RecoveredState } from "./recoverState.ts";

/** One with what shows it to the exit hall. Heads as "0x" and 64 hex digits. */
export interface OwedDeposit extends Omit<UnprovenDeposit, "head" | "headBefore"> {
  readonly head: string;
  readonly headBefore: string;
  /** What arrived, quote units. */
  readonly amount: bigint;
}

const WORD_DIGITS = 64;

/** Those that have their receipt still. @throws {CouldNotCheckError} when the log's receipts cannot be read */
export async function readOwedDeposits(
  rpc: Rpc,
  engine: string,
  { deposits, history }: Pick<RecoveredState, "deposits" | "history">,
): Promise<readonly OwedDeposit[]> {
  const owed: OwedDeposit[] = [];
  for (const deposit of deposits) {
    const head = toHex(deposit.head);
    const [{ amount }] = await askContract(rpc, ENGINE, engine, history.head.number, "tokensArrived", head);
    // without a receipt no tokens came with it, or it was posted again
    if (amount !== 0n) owed.push({ ...deposit, head, headBefore: toHex(deposit.headBefore), amount });
  }
  return owed;
}

function toHex(head: bigint): string {
  return `0x${head.toString(16).padStart(WORD_DIGITS, "0")}`;
}
