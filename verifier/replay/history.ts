/** A guard's whole history as values, as the chain claims it: nothing in here is checked yet. */
import type { Groth16Proof } from "../check/groth16.ts";

/** Where a record stands on chain. */
export interface Place {
  readonly block: number;
  /** Unix seconds of the block. */
  readonly blockTime: bigint;
  readonly transaction: string;
}

/** The guard's constructor event. */
export interface GenesisRecord {
  readonly place: Place;
  readonly stateRoot: bigint;
  readonly oracleRoot: bigint;
  /** Flat lists in the order in which they are hashed. */
  readonly oracleParameters: readonly bigint[];
  readonly marginParameters: readonly bigint[];
  /** keyX_0, keyY_0, keyX_1, ... */
  readonly reporterKeys: readonly bigint[];
  /** timeWord, priceWord_0, riskWord_0, ... */
  readonly oracleWords: readonly bigint[];
}

/** An operation as the log emitted it, raw. */
export interface OperationRecord {
  readonly kind: "operation";
  readonly place: Place;
  readonly index: bigint;
  /** Nine words; the third was written by the engine. */
  readonly words: readonly bigint[];
}

/** A round: the transaction's calldata and the event it emitted. */
export interface RoundRecord {
  readonly kind: "round";
  readonly place: Place;
  readonly update: {
    readonly round: bigint;
    readonly timestamp: bigint;
    readonly newOracleRoot: bigint;
    readonly dataCommitment: bigint;
  };
  readonly words: readonly bigint[];
  readonly priceWords: readonly bigint[];
  readonly proof: Groth16Proof;
  readonly event: { readonly round: bigint; readonly timestamp: bigint; readonly newOracleRoot: bigint };
}

/** What a batch claims about the state after it. */
export interface BatchUpdate {
  readonly firstOperation: bigint;
  readonly newStateRoot: bigint;
  readonly outcomeWord: bigint;
  readonly box: bigint;
  readonly totalsWord: bigint;
  readonly lossWord: bigint;
  readonly dataCommitment: bigint;
}

/** A batch: the transaction's calldata and the events it emitted. */
export interface BatchRecord {
  readonly kind: "batch";
  readonly place: Place;
  readonly update: BatchUpdate;
  readonly operations: readonly (readonly bigint[])[];
  readonly proof: Groth16Proof;
  readonly event: {
    readonly firstOperation: bigint;
    readonly count: bigint;
    readonly round: bigint;
    readonly newStateRoot: bigint;
    readonly outcomeWord: bigint;
    readonly totalsWord: bigint;
  };
  /** The claims that the transaction created, in log order. */
  readonly claims: readonly ClaimRecord[];
}

/** A claim as an event shows it; owner in lower case, amount in quote units. */
export interface ClaimRecord {
  readonly id: bigint;
  readonly owner: string;
  readonly amount: bigint;
}

export interface PaymentRecord extends ClaimRecord {
  readonly kind: "payment";
  readonly place: Place;
}

/** A round or batch whose calldata could not be read, or a claim that no readable batch created. */
export interface UnreadableRecord {
  readonly kind: "unreadable";
  readonly place: Place;
  readonly what: string;
  readonly cause: Error;
}

export type HistoryRecord = OperationRecord | RoundRecord | BatchRecord | PaymentRecord | UnreadableRecord;

/** A claim as the guard stores it at the head. */
export interface StoredClaim {
  readonly owner: string;
  readonly amount: bigint;
  readonly payableAt: bigint;
  readonly paid: boolean;
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

/** What the guard, the engine and the token answer at the head block. */
export interface StoredState {
  readonly domain: bigint;
  readonly reporterSetRoot: bigint;
  /** Markets, operations of a batch, reporters. */
  readonly shape: readonly bigint[];
  readonly staleSec: bigint;
  /** From the creation of a claim to its payment. */
  readonly claimDelaySec: bigint;
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
  /** Signed basis points per market. */
  readonly buffers: readonly bigint[];
  readonly claims: readonly StoredClaim[];
  readonly operationCount: bigint;
  /** Head of the log's keccak chain after the last operation; 0 when there is none. */
  readonly logHead: bigint;
  /** Tokens that the vault holds, quote units. */
  readonly vaultBalance: bigint;
  readonly verifiers: { readonly OracleRound: VerifierContract; readonly MarginBatch: VerifierContract };
}

export interface History {
  readonly chainId: bigint;
  /** Address in lower case. */
  readonly guard: string;
  readonly head: { readonly number: number; readonly hash: string; readonly time: bigint };
  readonly genesis: GenesisRecord;
  /** In chain order. */
  readonly records: readonly HistoryRecord[];
  readonly stored: StoredState;
}
