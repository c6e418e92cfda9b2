/** A guard's whole history as values, as the chain claims it: nothing in here is checked yet. */
import type { Groth16Proof } from "../check/groth16.ts";
import type { IncidentEvent } from "../check/incidentCauses.ts";
import type { UptimeAnswers } from "../check/uptime.ts";
import type { CouncilRecord } from "./councilHistory.ts";
import type { HallRecord } from "./hallHistory.ts";
import type { RollbackRecord } from "./rollbackHistory.ts";
import type { StoredState } from "./stored.ts";

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
  /** What the transaction said of incidents. */
  readonly incidents: readonly IncidentEvent[];
  readonly uptime: UptimeAnswers;
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
    readonly box: bigint;
    readonly lossWord: bigint;
    /** Sum of the receipts of the log's deposits up to the batch's last operation, token units. */
    readonly arrived: bigint;
  };
  readonly incidents: readonly IncidentEvent[];
  readonly uptime: UptimeAnswers;
  /** The claims that the transaction created, in log order. */
  readonly claims: readonly ClaimRecord[];
}

/** An incident that no proof brought: a note of the vault, the exit, or the council's word without an event of the council. */
export interface IncidentRecord {
  readonly kind: "incident";
  readonly place: Place;
  readonly event: IncidentEvent;
  /** Of a note of the vault: tokens in the vault at that log; null when the endpoint does not know any more. */
  readonly held: bigint | null;
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

export type HistoryRecord =
  | OperationRecord
  | RoundRecord
  | BatchRecord
  | PaymentRecord
  | RollbackRecord
  | IncidentRecord
  | CouncilRecord
  | HallRecord
  | UnreadableRecord;

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
