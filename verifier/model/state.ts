import { toField } from "./field.ts";
import type { Hasher } from "./hasher.ts";
import type { OracleState } from "./oracle.ts";
import type { Profile } from "./profile.ts";
import { emptyTree, type Tree } from "./tree.ts";
import { hashWords } from "./words.ts";

/** Running totals of one market. */
export interface MarketTotals {
  /** Sum of all long sizes, lots, in [0, 2^44). */
  readonly openInterest: bigint;
  /** Loss sharing indices, signed ticks; they add to the funding index. */
  readonly lossLong: bigint;
  readonly lossShort: bigint;
}

/** The state of the engine: a value; a new one shares what did not change. */
export interface State {
  readonly tree: Tree;
  /** Sum of all quotes, signed quote units. */
  readonly sumQuote: bigint;
  /** Fees and penalties not yet moved onto account 0, quote units, in [0, 2^63). */
  readonly insurance: bigint;
  readonly markets: readonly MarketTotals[];
}

/** The state before the first operation: no account, nothing owed. */
export function genesisState(hasher: Hasher, profile: Pick<Profile, "depth" | "markets">): State {
  const empty: MarketTotals = { openInterest: 0n, lossLong: 0n, lossShort: 0n };
  return {
    tree: emptyTree(hasher, profile.depth, profile.markets),
    sumQuote: 0n,
    insurance: 0n,
    markets: new Array<MarketTotals>(profile.markets).fill(empty),
  };
}

/** Poseidon(tree.hash, tree.box, sumQuote, insurance, HashWords(openInterest_0, lossLong_0, lossShort_0, ...)). */
export function stateRoot(hasher: Hasher, state: State): bigint {
  const { hash, box } = state.tree.root;
  return hasher.hash([hash, box, toField(state.sumQuote), state.insurance, marketsHash(hasher, state.markets)]);
}

/** HashWords over the totals of all markets. */
export function marketsHash(hasher: Hasher, markets: readonly MarketTotals[]): bigint {
  const words = markets.flatMap(({ openInterest, lossLong, lossShort }) => [
    openInterest,
    toField(lossLong),
    toField(lossShort),
  ]);
  return hashWords(hasher, words);
}

/** Cumulative funding per lot of one market, signed ticks. */
export interface FundingIndices {
  readonly fundingLong: bigint;
  readonly fundingShort: bigint;
}

/**
 * What the vault owes, exact to the unit: sumQuote + insurance - sum (F_long - F_short) * openInterest.
 * @returns quote units
 */
export function liabilitiesOf(state: Omit<State, "tree">, indices: readonly FundingIndices[]): bigint {
  return state.markets.reduce((owed, { openInterest }, market) => {
    const { fundingLong = 0n, fundingShort = 0n } = indices[market] ?? {};
    return owed - (fundingLong - fundingShort) * openInterest;
  }, state.sumQuote + state.insurance);
}

/** F_long and F_short of each market: the oracle's funding index plus the loss index of the side. */
export function fundingIndices(state: Pick<State, "markets">, oracle: OracleState): readonly FundingIndices[] {
  return state.markets.map(({ lossLong, lossShort }, market) => {
    const fundingIndex = oracle.markets[market]?.fundingIndex ?? 0n;
    return { fundingLong: fundingIndex + lossLong, fundingShort: fundingIndex + lossShort };
  });
}
