import { maximum } from "./arithmetic.ts";
import { DEFICIT_BITS, INDEX_BITS, LIABILITIES_BITS } from "./constants.ts";
import { equity } from "./margin.ts";
import type { FailureKind, Outcome } from "./outcome.ts";
import { liabilitiesOf, type State } from "./state.ts";
import type { Terms } from "./terms.ts";
import { accountAt } from "./tree.ts";

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

/**
 * Valid mask (bit i: slot i), then 8-bit counts: unauthorised << 16, margin << 24, price << 32, malformed << 40, then the mask of
 * slots that failed as unauthorised << 48.
 */
export function outcomeWordOf(outcomes: readonly Outcome[]): bigint {
  const maskOf = (isSet: (outcome: Outcome) => boolean) =>
    outcomes.reduce((bits, outcome, slot) => (isSet(outcome) ? bits | (1n << BigInt(slot)) : bits), 0n);
  const count = (kind: FailureKind) => BigInt(outcomes.filter((outcome) => outcome.kind === kind).length);
  return (
    maskOf(({ valid }) => valid) |
    (count("unauthorised") << 16n) |
    (count("margin") << 24n) |
    (count("price") << 32n) |
    (count("malformed") << 40n) |
    (maskOf(({ kind }) => kind === "unauthorised") << 48n)
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
