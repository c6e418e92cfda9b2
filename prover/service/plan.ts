import { applyBatch, type BatchResult } from "../../verifier/model/batch.ts";
import { encodeOracle, type OracleState } from "../../verifier/model/oracle.ts";
import type { State } from "../../verifier/model/state.ts";
import type { Ledger } from "./ledger.ts";
import { roundOf } from "./roundOf.ts";
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
  const round = roundOf(head.words);
  const end = waiting.findIndex((operation) => roundOf(operation.words) !== round);
  const operations = (end < 0 ? waiting : waiting.slice(0, end)).map((operation) => operation.words);
  const oracle = ledger.oracleOf(round);
  const result = applyBatch(oldState, oracle, operations, { ...constants, parameters: view.rules.parameters });
  const complete = end >= 0 || operations.length === constants.profile.operations;
  return { first, operations, round, complete, oracle, oldState, result };
}

/** Whether planned batches are still what the followed branch asks for, so that their proofs are of use. */
export function areCurrent(plans: readonly BatchPlan[], view: View, ledger: Ledger): boolean {
  const [head] = plans;
  if (head === undefined) return true;
  if (head.first !== view.settled || head.result.signals.oldStateRoot !== view.stateRoot) return false;
  return plans.every(({ first, operations, round, oracle }) => {
    const logged = ledger.operationsFrom(first, operations.length);
    const sameOperations = same(
      operations.flat(),
      logged.flatMap((operation) => operation.words),
    );
    return sameOperations && same(encodeOracle(oracle), encodeOracle(ledger.oracleOf(round)));
  });
}

const same = (left: readonly bigint[], right: readonly bigint[]): boolean =>
  left.length === right.length && left.every((value, index) => value === right[index]);
