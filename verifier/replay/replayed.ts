/** What the verifier knows after replaying a part of a history: all of it derived, none of it taken from the guard. */
import type { GenesisValues } from "../check/genesis.ts";
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";
import { keccakOfWords } from "../model/words.ts";

/** A claim that an outcome gives rise to; owner in lower case, amount in quote units. */
export interface DerivedClaim {
  readonly owner: string;
  readonly amount: bigint;
  /** Unix seconds of the block that created it. */
  readonly createdAt: bigint;
  readonly paid: boolean;
}

export interface Replayed {
  /** Oracle states by round number, from genesis. */
  readonly oracles: readonly OracleState[];
  readonly state: State;
  /** The packed words of the last batch; those of the empty state before it. */
  readonly box: bigint;
  readonly totalsWord: bigint;
  readonly lossWord: bigint;
  /** Liabilities proven when the last round was accepted, quote units. */
  readonly nextRoundTvl: bigint;
  /** Raw words of every operation logged so far. */
  readonly operations: readonly (readonly bigint[])[];
  /** Head of the keccak chain over them. */
  readonly logHead: bigint;
  readonly settled: number;
  readonly claims: readonly DerivedClaim[];
  /** Set when a round or batch did not hold: what builds on it cannot be checked. */
  readonly broken: { readonly rounds: number | null; readonly batches: number | null };
}

const INDEX_OFFSET = 1n << 25n; // circuits/lib/constants.circom INDEX_BITS
const LIABILITIES_BITS = 63;

/** The replay before its first record. */
export function startReplay({ oracle, state }: GenesisValues): Replayed {
  return {
    oracles: [oracle],
    state,
    box: 0n,
    totalsWord: 0n,
    lossWord: state.markets.reduce((word, _, market) => word | (zeroLosses << BigInt(52 * market)), 0n),
    nextRoundTvl: 0n,
    operations: [],
    logHead: 0n,
    settled: 0,
    claims: [],
    broken: { rounds: null, batches: null },
  };
}

const zeroLosses = INDEX_OFFSET | (INDEX_OFFSET << 26n);

/** Liabilities in a totals word, quote units. */
export function liabilitiesIn(totalsWord: bigint): bigint {
  return BigInt.asUintN(LIABILITIES_BITS, totalsWord);
}

/** The log's next head: keccak256(abi.encodePacked(head, words)). */
export function nextLogHead(head: bigint, words: readonly bigint[]): bigint {
  return keccakOfWords([head, ...words]);
}

/** The oracle in force after the last replayed round. */
export function currentOracle(replayed: Replayed): OracleState {
  const oracle = replayed.oracles.at(-1);
  if (oracle === undefined) throw new RangeError("a replay starts with the oracle of its genesis");
  return oracle;
}
