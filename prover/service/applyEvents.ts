import { solidityPackedKeccak256 } from "ethers";
import type { Account } from "../../verifier/model/account.ts";
import { applyBatch, type BatchResult } from "../../verifier/model/batch.ts";
import type { OracleState } from "../../verifier/model/oracle.ts";
import { applyRound, RoundError, type RoundResult } from "../../verifier/model/round.ts";
import type { ChainEvent } from "../chain/chainEvent.ts";
import { LedgerMismatchError } from "./errors.ts";
import type { Constants, View } from "./view.ts";

type EventOf<T extends ChainEvent["type"]> = Extract<ChainEvent, { type: T }>;

/** Bits of the liabilities in a totals word. */
const LIABILITIES_MASK = (1n << 63n) - 1n;

/** Head of the keccak chain with one more operation. @see contracts/OpLog.sol */
export function nextHead(head: string, words: readonly bigint[]): string {
  return solidityPackedKeccak256(["bytes32", "uint256[9]"], [head, words]);
}

/** The view with one more logged operation. @throws {LedgerMismatchError} when the log skips or repeats a place */
export function applyOperationEvent(view: View, event: EventOf<"operation">): View {
  if (event.position !== view.logged) throw new LedgerMismatchError("place in the log", event.position, view.logged);
  return { ...view, logged: view.logged + 1, head: nextHead(view.head, event.words) };
}

/**
 * The view after a proven round.
 * @param candidates report words that its transaction may mean
 * @throws {LedgerMismatchError} when none of them gives the root that the guard stored
 */
export function applyRoundEvent(
  view: View,
  event: EventOf<"round">,
  candidates: readonly (readonly bigint[])[],
  constants: Constants,
): View {
  const results = candidates.map((words) => roundOf(view, words, constants));
  const found = results.find((result) => result?.signals.newOracleRoot === event.oracleRoot);
  if (found === undefined || found === null) {
    throw new LedgerMismatchError(
      `oracle root of round ${event.round}`,
      event.oracleRoot,
      results[0]?.signals.newOracleRoot ?? "none",
    );
  }
  return { ...view, oracle: found.next, oracleRoot: event.oracleRoot, nextTvl: view.liabilities };
}

function roundOf(view: View, words: readonly bigint[], constants: Constants): RoundResult | null {
  try {
    return applyRound(view.oracle, words, { ...constants, ...view.rules, tvl: view.nextTvl });
  } catch (error) {
    if (error instanceof RoundError) return null; // not the words of this round
    throw error;
  }
}

/** A proven batch taken in: the view, and the accounts that it changed. */
export interface BatchApplied {
  readonly view: View;
  readonly changed: ReadonlyMap<number, Account>;
}

/**
 * The view after a proven batch.
 * @param operations raw words of the operations that it settles
 * @param oracle the oracle state that they are judged at
 * @throws {LedgerMismatchError} when the model gives another root, other outcomes or other totals than the guard stored
 */
export function applyBatchEvent(
  view: View,
  event: EventOf<"batch">,
  operations: readonly (readonly bigint[])[],
  oracle: OracleState,
  constants: Constants,
): BatchApplied {
  if (event.first !== view.settled)
    throw new LedgerMismatchError("first operation of a batch", event.first, view.settled);
  if (operations.length !== event.count) {
    throw new LedgerMismatchError("operations in the log for a batch", event.count, operations.length);
  }
  const result = applyBatch(view.state, oracle, operations, { ...constants, parameters: view.rules.parameters });
  for (const [what, claimed, derived] of [
    ["state root", event.stateRoot, result.signals.newStateRoot],
    ["outcome word", event.outcomeWord, result.signals.outcomeWord],
    ["totals word", event.totalsWord, result.signals.totalsWord],
  ] as const) {
    if (claimed !== derived) throw new LedgerMismatchError(`${what} of the batch at ${event.first}`, claimed, derived);
  }
  return {
    view: {
      ...view,
      state: result.next,
      stateRoot: result.signals.newStateRoot,
      liabilities: result.signals.totalsWord & LIABILITIES_MASK,
      settled: event.first + event.count,
    },
    changed: changedAccounts(result),
  };
}

/** The accounts that the legs of a batch touched, as they are after it. */
function changedAccounts(result: BatchResult): ReadonlyMap<number, Account> {
  const changed = new Map<number, Account>();
  for (const { legA, legB } of result.steps) {
    for (const leg of [legA, legB]) if (leg.applied) changed.set(leg.index, leg.after);
  }
  return changed;
}
