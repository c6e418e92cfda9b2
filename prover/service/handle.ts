import type { EventEmitter } from "node:events";
import type { PublicKey } from "../../verifier/model/eddsa.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import type { BackendSelection } from "../proving/backendChoice.ts";

/** What an oracle's aggregator needs of a prover. */
export interface RoundGateway {
  /** What the next round is judged by, as of the followed head. */
  roundContext(): RoundOutlook;
  /**
   * Proves a round of reports and submits it; returns when the round is on the followed branch.
   * @param words four per reporter slot; an absent report is four zeros
   * @throws {RoundNotProvableError} when too few of the reports count
   */
  submitRound(words: readonly bigint[], signal?: AbortSignal): Promise<RoundReceipt>;
}

export interface RoundOutlook {
  readonly domain: bigint;
  readonly profile: Profile;
  readonly reporterKeys: readonly PublicKey[];
  /** Last proven round, and its time, unix seconds. */
  readonly round: bigint;
  readonly timestampSec: bigint;
  /** Time of the followed head block, unix seconds. */
  readonly chainTimeSec: bigint;
}

export interface RoundReceipt {
  readonly round: bigint;
  /** Null when another prover was first. */
  readonly transactionHash: string | null;
}

export type ProverPhase = "following" | "paused" | "stopped" | "failed";

export interface ProverStatus {
  readonly phase: ProverPhase;
  readonly chainId: bigint;
  readonly guard: string;
  readonly engine: string;
  /** Account that pays. */
  readonly account: string;
  /** What makes the proofs; null when the configuration brought a backend of its own. */
  readonly backend: BackendSelection | null;
  /** Last block taken in; -1 before the first. */
  readonly headBlock: number;
  /** Blocks between that and the newest one that may be followed. */
  readonly blocksBehind: number;
  readonly operationsLogged: number;
  readonly operationsSettled: number;
  readonly round: bigint;
  readonly roundTimestampSec: bigint;
  readonly stateRoot: bigint;
  readonly oracleRoot: bigint;
  /** Rollbacks of the guard on the followed branch. */
  readonly rollbacks: number;
  /** What is being proven or settled, for a person. */
  readonly work: readonly string[];
  readonly failure?: { readonly code: string; readonly message: string };
}

/** `own`: brought by a transaction of this service. */
export interface ProverEvents {
  block: [{ readonly number: number; readonly hash: string }];
  reorg: [{ readonly ancestor: number; readonly dropped: number }];
  operation: [{ readonly index: number }];
  roundProven: [
    { readonly round: bigint; readonly timestampSec: bigint; readonly oracleRoot: bigint; readonly own: boolean },
  ];
  batchProven: [
    {
      readonly first: number;
      readonly count: number;
      readonly round: bigint;
      readonly stateRoot: bigint;
      readonly outcomeWord: bigint;
      readonly own: boolean;
    },
  ];
  /** The guard went back to `settled` operations; `abandoned` were settled before. `cause` as it numbers incidents. */
  rolledBack: [
    {
      readonly cause: number;
      readonly settled: number;
      readonly abandoned: number;
      readonly stateRoot: bigint;
      readonly own: boolean;
    },
  ];
  /** An incident of the guard's ledger began or ended; `cause` by name. */
  incident: [
    {
      readonly phase: "detected" | "recovered";
      readonly cause: string;
      readonly market: number;
      readonly detectedAt: number;
    },
  ];
  proof: [{ readonly circuit: string; readonly milliseconds: number; readonly key: string }];
  settled: [{ readonly kind: "round" | "batch"; readonly transactionHash: string; readonly gasUsed: bigint }];
  /** The keeper posted an operation, which the log shows once its block is followed. */
  kept: [
    {
      readonly type: "backstop" | "recertify";
      readonly accounts: readonly number[];
      readonly transactionHash: string;
      readonly feeWei: bigint;
    },
  ];
  alarm: [{ readonly code: string; readonly message: string }];
}

export interface ProverHandle extends RoundGateway {
  readonly events: EventEmitter<ProverEvents>;
  /** Resolves after `stop`; rejects with the named error that ended the service. */
  readonly done: Promise<void>;
  status(): ProverStatus;
  /** Starts no further proof or settlement; following goes on. */
  pause(): void;
  resume(): void;
  /** Resolves when everything that the chain has logged by now is settled on the followed branch. */
  idle(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}
