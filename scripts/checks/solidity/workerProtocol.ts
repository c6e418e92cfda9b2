import type { SuiteResult } from "./suite.ts";

/** What a worker is asked: run these tests, all when none are named. */
export interface WorkerRequest {
  readonly titles?: readonly string[];
  readonly bail: boolean;
  /** Balances before any test, decimal wei by address. */
  readonly balances?: Readonly<Record<string, string>>;
}

export interface WorkerResult extends SuiteResult {
  readonly kind: "done";
  /** Coverage tags by the full title of the test during which, or during whose set-up, they came. */
  readonly seenBy: Readonly<Record<string, readonly string[]>>;
  /** By full title; of tests that share one, the sum. */
  readonly durationsMs: Readonly<Record<string, number>>;
  /** The test file of a full title, relative to the project. */
  readonly fileOf: Readonly<Record<string, string>>;
}

export type WorkerReply = { readonly kind: "ready" } | WorkerResult;
