import { bitsOf } from "../../verifier/model/arithmetic.ts";
import { applyBatch, type BatchResult } from "../../verifier/model/batch.ts";
import type { OracleState } from "../../verifier/model/oracle.ts";
import type { State } from "../../verifier/model/state.ts";
import type { LoggedOperation } from "../store/operations.ts";
import type { Ledger } from "./ledger.ts";
import type { Constants, View } from "./view.ts";

/** A batch that is to be proven: what it is, and everything that its witness is made of. */
export interface BatchPlan {
  readonly first: number;
  /** Raw words of its operations. */
  readonly operations: readonly (readonly bigint[])[];
  readonly round: number;
  /** Whether no operation that is logged later can still join it. */
  readonly complete: boolean;
  readonly oracle: OracleState;
  readonly oldState: State;
  readonly result: BatchResult;
}

const ROUND_BITS = 40n;

/** Oracle round that the engine wrote into an operation. */
export const roundOf = (operation: LoggedOperation): number => Number(bitsOf(operation.words[2] ?? 0n, 0n, ROUND_BITS));

/**
 * The next batch after a state: as many logged operations of one round as fit.
 * @param first place of its first operation
 * @returns null when no operation waits
 */
export function nextBatch(
  ledger: Ledger,
  view: View,
  first: number,
  oldState: State,
  constants: Constants,
): BatchPlan | null {
  const waiting = ledger.operationsFrom(first, constants.profile.operations);
  const [head] = waiting;
  if (head === undefined) return null;
  const round = roundOf(head);
  const end = waiting.findIndex((operation) => roundOf(operation) !== round);
  const operations = (end < 0 ? waiting : waiting.slice(0, end)).map((operation) => operation.words);
  const oracle = ledger.oracleOf(round);
  const result = applyBatch(oldState, oracle, operations, { ...constants, parameters: view.rules.parameters });
  const complete = end >= 0 || operations.length === constants.profile.operations;
  return { first, operations, round, complete, oracle, oldState, result };
}

/** Whether planned batches continue the proven state, so that their proofs are still of use. */
export function continues(plans: readonly BatchPlan[], view: View): boolean {
  const [head] = plans;
  return head === undefined || (head.first === view.settled && head.result.signals.oldStateRoot === view.stateRoot);
}
