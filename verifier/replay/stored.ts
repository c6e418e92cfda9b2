/** What the contracts answer at the head block, as values. */
import type { GuardLimits } from "../check/limits.ts";

/** A claim as the guard stores it at the head; amount: what is left to pay, quote units. */
export interface StoredClaim {
  readonly owner: string;
  readonly amount: bigint;
  readonly payableAt: bigint;
  readonly paid: boolean;
  readonly isVoid: boolean;
}

/** An incident as the guard keeps it; blocks by number, times in unix seconds, 0 for none; stake in quote units. */
export interface StoredIncident {
  readonly cause: bigint;
  readonly market: bigint;
  readonly detectedAt: bigint;
  readonly detectedBlock: bigint;
  readonly containedAt: bigint;
  readonly recoveredBlock: bigint;
  readonly recoveredAt: bigint;
  readonly stake: bigint;
}

/** What a deployed verifier contract shows of its key. */
export interface VerifierContract {
  /** KEY_DIGEST, 64 hex digits; null when the contract has none. */
  readonly keyDigest: string | null;
  /** DEV_SETUP: anybody can forge proofs for the key. */
  readonly devSetup: boolean;
  /** Runtime code, hex. */
  readonly code: string;
}

/** What the exit hall answers at the head block; quote units. */
export interface StoredHall {
  readonly isOpen: boolean;
  /** The ratio; zeros until it is open. */
  readonly backed: bigint;
  readonly owed: bigint;
  /** Null: not shown. */
  readonly insurance: bigint | null;
  readonly losses: bigint;
  readonly deposits: bigint;
  /** Accounts that left or whose loss was shown; deposits shown and not returned. */
  readonly accountsDone: number;
  readonly depositsOpen: number;
}

/** The council that a guard is bound to. */
export interface StoredCouncil {
  /** Zeros for the numbers where the bound contract is no SecurityCouncil with the guard's timelock. */
  readonly terms: { readonly council: string; readonly threshold: bigint; readonly liftDelaySec: bigint };
  /** The guard's words of the last restrictions by market; null when the endpoint does not show storage. */
  readonly words: readonly bigint[] | null;
}

/** What the guard, the engine and the token answer at the head block. */
export interface StoredState {
  readonly domain: bigint;
  readonly reporterSetRoot: bigint;
  /** Markets, operations of a batch, reporters. */
  readonly shape: readonly bigint[];
  readonly staleSec: bigint;
  readonly limits: GuardLimits;
  readonly round: bigint;
  readonly roundTimestamp: bigint;
  readonly oracleRoot: bigint;
  readonly priceWords: readonly bigint[];
  readonly stateRoot: bigint;
  readonly box: bigint;
  readonly totalsWord: bigint;
  readonly lossWord: bigint;
  readonly settled: bigint;
  readonly nextRoundTvl: bigint;
  /** Head of the hash chain of proven states. */
  readonly checkpointHead: bigint;
  /** What is owed to claims, quote units. */
  readonly unpaidClaims: bigint;
  readonly incidents: readonly StoredIncident[];
  /** Unix seconds; 0 while the vault is not noted short. */
  readonly vaultShortSince: bigint;
  /** Null for a guard without a council. */
  readonly council: StoredCouncil | null;
  /** Signed basis points per market. */
  readonly buffers: readonly bigint[];
  readonly claims: readonly StoredClaim[];
  readonly operationCount: bigint;
  /** Head of the log's keccak chain after the last operation; 0 when there is none. */
  readonly logHead: bigint;
  /** Tokens that the vault holds, quote units. */
  readonly vaultBalance: bigint;
  /** Null before anybody entered Exit, and for a guard without a hall. */
  readonly hall: StoredHall | null;
  readonly verifiers: { readonly OracleRound: VerifierContract; readonly MarginBatch: VerifierContract };
}
