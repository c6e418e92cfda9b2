import { maximum } from "./arithmetic.ts";
import { DEFICIT_BITS, INDEX_BITS, LIABILITIES_BITS } from "./constants.ts";
import type { Hasher } from "./hasher.ts";
import { equity } from "./margin.ts";
import { canonicalWords, NOOP_WORDS } from "./operationWords.ts";
import { type OracleState, oracleRoot } from "./oracle.ts";
import type { FailureKind, Outcome } from "./outcome.ts";
import type { Parameters } from "./parameters.ts";
import type { Profile } from "./profile.ts";
import { liabilitiesOf, type State, stateRoot } from "./state.ts";
import { marketTerms, type Terms } from "./terms.ts";
import { applyOperation, type Step } from "./transition.ts";
import { accountAt, type Opening, openAccount } from "./tree.ts";
import { bindWords } from "./words.ts";

/** What a batch is judged by, besides the state, the oracle and the operations. */
export interface BatchContext {
  readonly hasher: Hasher;
  readonly profile: Profile;
  readonly parameters: Parameters;
  readonly domain: bigint;
}

/** Public signals of MarginBatch by name. */
export interface BatchSignals {
  readonly oldStateRoot: bigint;
  readonly newStateRoot: bigint;
  readonly oracleRoot: bigint;
  readonly domain: bigint;
  readonly dataCommitment: bigint;
  readonly challenge: bigint;
  readonly evaluation: bigint;
  readonly outcomeWord: bigint;
  readonly box: bigint;
  readonly totalsWord: bigint;
  readonly lossWord: bigint;
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
  const terms = marketTerms(state, oracle, parameters);
  const slots = Array.from({ length: profile.operations }, (_, slot) => canonicalWords(operations[slot] ?? NOOP_WORDS));
  const steps: Step[] = [];
  let next = state;
  for (const words of slots) {
    const step = applyOperation(next, words, { hasher, domain, terms });
    steps.push(step);
    next = step.after;
  }
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

/** The public signals of MarginBatch in the order of their declaration. */
export function orderBatchSignals(signals: BatchSignals): readonly bigint[] {
  return [
    signals.oldStateRoot,
    signals.newStateRoot,
    signals.oracleRoot,
    signals.domain,
    signals.dataCommitment,
    signals.challenge,
    signals.evaluation,
    signals.outcomeWord,
    signals.box,
    signals.totalsWord,
    signals.lossWord,
  ];
}

/** Valid mask (bit i: slot i), then 8-bit counts: unauthorised << 16, margin << 24, price << 32, malformed << 40. */
export function outcomeWordOf(outcomes: readonly Outcome[]): bigint {
  const mask = outcomes.reduce((bits, { valid }, slot) => (valid ? bits | (1n << BigInt(slot)) : bits), 0n);
  const count = (kind: FailureKind) => BigInt(outcomes.filter((outcome) => outcome.kind === kind).length);
  return (
    mask |
    (count("unauthorised") << 16n) |
    (count("margin") << 24n) |
    (count("price") << 32n) |
    (count("malformed") << 40n)
  );
}

/** liabilities (63 bits) | insurance << 63 (63) | deficit << 126 (76). */
export function totalsWordOf(state: State, terms: Terms): bigint {
  const liabilities = liabilitiesOf(state, terms.markets);
  const deficit = deficitOf(state, terms);
  for (const [value, bits] of [
    [liabilities, LIABILITIES_BITS],
    [deficit, DEFICIT_BITS],
  ] as const) {
    if (value < 0n || value >> bits !== 0n) throw new RangeError(`${value} does not fit ${bits} bits of the totals`);
  }
  return liabilities | (state.insurance << LIABILITIES_BITS) | (deficit << (2n * LIABILITIES_BITS));
}

/** What account 0 owes beyond the insurance scalar at the mark, quote units, >= 0. */
export function deficitOf(state: State, terms: Terms): bigint {
  return maximum(0n, -equity(accountAt(state.tree, 0), terms) - state.insurance);
}

/** Per market m: (lossLong + 2^25) << 52 m | (lossShort + 2^25) << (52 m + 26). */
export function lossWordOf(state: State): bigint {
  const offset = 1n << INDEX_BITS;
  return state.markets.reduceRight((word, { lossLong, lossShort }) => {
    return (word << 52n) | (lossLong + offset) | ((lossShort + offset) << 26n);
  }, 0n);
}
