import { type BatchSignals, lossWordOf, orderBatchSignals, outcomeWordOf, totalsWordOf } from "./batchSignals.ts";
import type { Hasher } from "./hasher.ts";
import { canonicalWords, NOOP_WORDS, operationFields } from "./operationWords.ts";
import { type OracleState, oracleRoot } from "./oracle.ts";
import type { Outcome } from "./outcome.ts";
import type { Parameters } from "./parameters.ts";
import type { Profile } from "./profile.ts";
import { type State, stateRoot } from "./state.ts";
import { marketTerms, type Terms } from "./terms.ts";
import { applyOperation, type Step } from "./transition.ts";
import { type Opening, openAccount } from "./tree.ts";
import { bindWords } from "./words.ts";

export {
  type BatchSignals,
  deficitOf,
  lossWordOf,
  orderBatchSignals,
  outcomeWordOf,
  totalsWordOf,
} from "./batchSignals.ts";

/** What a batch is judged by, besides the state, the oracle and the operations. */
export interface BatchContext {
  readonly hasher: Hasher;
  readonly profile: Profile;
  readonly parameters: Parameters;
  readonly domain: bigint;
}

/** A batch applied. */
export interface BatchResult {
  readonly next: State;
  /** One per operation given, without padding. */
  readonly outcomes: readonly Outcome[];
  readonly signals: BatchSignals;
  /** The signals in the circuit's order. */
  readonly publicSignals: readonly bigint[];
  /** One per operation slot, padding included. */
  readonly steps: readonly Step[];
  /** Account 0 in the new state, from which the deficit is computed. */
  readonly closing: Opening;
  /** Of the new state, at the oracle's own time. */
  readonly terms: Terms;
}

/** A batch holds at most as many operations as the profile has slots. */
export class BatchSizeError extends RangeError {
  override readonly name = "BatchSizeError";
  readonly code = "BATCH_SIZE";
}

/**
 * Applies logged operations, all judged at one oracle state.
 * @param operations raw words as logged, nine each; any content
 * @throws {BatchSizeError} when there are more operations than slots
 */
export function applyBatch(
  state: State,
  oracle: OracleState,
  operations: readonly (readonly bigint[])[],
  { hasher, profile, parameters, domain }: BatchContext,
): BatchResult {
  if (operations.length > profile.operations)
    throw new BatchSizeError(`${operations.length} operations, ${profile.operations} slots`);
  const slots = Array.from({ length: profile.operations }, (_, slot) => canonicalWords(operations[slot] ?? NOOP_WORDS));
  const steps: Step[] = [];
  let next = state;
  for (const words of slots) {
    const loggedTerms = marketTerms(next, oracle, parameters, operationFields(words).loggedAt);
    const step = applyOperation(next, words, { hasher, domain, terms: loggedTerms });
    steps.push(step);
    next = step.after;
  }
  const terms = marketTerms(next, oracle, parameters);
  const signals: BatchSignals = {
    oldStateRoot: stateRoot(hasher, state),
    newStateRoot: stateRoot(hasher, next),
    oracleRoot: oracleRoot(hasher, oracle, parameters),
    domain,
    ...bindWords(hasher, slots.flat()),
    outcomeWord: outcomeWordOf(steps.map((step) => step.outcome)),
    box: next.tree.root.box,
    totalsWord: totalsWordOf(next, terms),
    lossWord: lossWordOf(next),
  };
  const outcomes = steps.slice(0, operations.length).map((step) => step.outcome);
  const closing = openAccount(next.tree, 0);
  return { next, outcomes, signals, publicSignals: orderBatchSignals(signals), steps, closing, terms };
}
