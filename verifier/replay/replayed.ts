/** What the verifier knows after replaying a part of a history: all of it derived, none of it taken from the guard. */
import { type Checkpoint, nextCheckpointHead } from "../check/checkpoints.ts";
import type { GenesisValues } from "../check/genesis.ts";
import { EMPTY_HALL, type HallBook } from "../check/hallBook.ts";
import { type Notes, noNotes } from "../check/incidentNotes.ts";
import type { OutflowLevel } from "../check/outflow.ts";
import { NO_RESTRICTION, type Restriction } from "../check/restriction.ts";
import type { UnprovenDeposit } from "../check/unprovenDeposits.ts";
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";
import { keccakOfWords } from "../model/words.ts";
import type { StoredIncident } from "./stored.ts";

/** A claim that an outcome gives rise to; owner in lower case, amount in quote units. */
export interface DerivedClaim {
  readonly owner: string;
  readonly amount: bigint;
  /** Unix seconds of the block that created it. */
  readonly createdAt: bigint;
  /** What was paid of it, quote units. */
  readonly paid: bigint;
  /** Nothing more is to be paid. */
  readonly isClosed: boolean;
  /** A rollback took away what it came from. */
  readonly isVoid: boolean;
}

/** A proven state that a rollback can return to. */
export interface ProvenState {
  readonly checkpoint: Checkpoint;
  /** Head of the hash chain with it. */
  readonly head: bigint;
  readonly state: State;
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
  /** Every proven state of the branch in force, from genesis. */
  readonly checkpoints: readonly ProvenState[];
  /** What was ever paid to claims before an exit, quote units, and what left lately. */
  readonly paidTotal: bigint;
  readonly outflow: OutflowLevel;
  readonly forks: number;
  /** Deposits that forks cut off, also those that were posted again. */
  readonly abandoned: readonly UnprovenDeposit[];
  /** Unix seconds of the last rollback; 0 before any. */
  readonly rolledBackAt: bigint;
  readonly notes: Notes;
  /** The council's last restriction of each market. */
  readonly council: readonly Restriction[];
  readonly hall: HallBook;
  /** Every incident so far, by its beginning. */
  readonly incidents: readonly StoredIncident[];
  /** Set when a round or batch did not hold: what builds on it cannot be checked. */
  readonly broken: { readonly rounds: number | null; readonly batches: number | null };
}

const INDEX_OFFSET = 1n << 25n; // circuits/lib/constants.circom INDEX_BITS
const LIABILITIES_BITS = 63;

/** The replay before its first record. @param provenAt unix seconds of the genesis */
export function startReplay({ oracle, state, stateRoot }: GenesisValues, provenAt: bigint): Replayed {
  const words = {
    box: 0n,
    totalsWord: 0n,
    lossWord: state.markets.reduce((word, _, market) => word | (zeroLosses << BigInt(52 * market)), 0n),
    logHead: 0n,
  };
  const first = {
    ...{ stateRoot, ...words, settled: 0n, arrived: 0n },
    ...{ claimCount: 0n, unpaidClaims: 0n, paidTotal: 0n, provenAt },
  };
  return {
    oracles: [oracle],
    state,
    ...words,
    nextRoundTvl: 0n,
    operations: [],
    settled: 0,
    claims: [],
    checkpoints: [{ checkpoint: first, head: nextCheckpointHead(0n, first), state }],
    paidTotal: 0n,
    outflow: { level: 0n, at: 0n },
    forks: 0,
    abandoned: [],
    rolledBackAt: 0n,
    notes: noNotes(oracle.markets.length),
    council: oracle.markets.map(() => NO_RESTRICTION),
    hall: EMPTY_HALL,
    incidents: [],
    broken: { rounds: null, batches: null },
  };
}

const zeroLosses = INDEX_OFFSET | (INDEX_OFFSET << 26n);

/** Liabilities in a totals word, quote units. */
export function liabilitiesIn(totalsWord: bigint): bigint {
  return BigInt.asUintN(LIABILITIES_BITS, totalsWord);
}

/** The insurance account's deficit in a totals word, quote units. */
export function deficitIn(totalsWord: bigint): bigint {
  return totalsWord >> BigInt(2 * LIABILITIES_BITS);
}

/** The log's next head: keccak256(abi.encodePacked(head, words)). */
export function nextLogHead(head: bigint, words: readonly bigint[]): bigint {
  return keccakOfWords([head, ...words]);
}

/** The proven state in force. */
export function currentCheckpoint({ checkpoints }: Replayed): ProvenState {
  const last = checkpoints.at(-1);
  if (last === undefined) throw new RangeError("a replay starts with the proven state of its genesis");
  return last;
}

/** The oracle in force after the last replayed round. */
export function currentOracle(replayed: Replayed): OracleState {
  const oracle = replayed.oracles.at(-1);
  if (oracle === undefined) throw new RangeError("a replay starts with the oracle of its genesis");
  return oracle;
}
