import type { SuiteResult } from "./suite.ts";

/** What a worker is asked: run these tests, all when none are named. */
export interface WorkerRequest {
  readonly titles?: readonly string[];
  readonly bail: boolean;
}

export interface WorkerResult extends SuiteResult {
  readonly kind: "done";
  /** Coverage tags by the full title of the test during which they came. */
  readonly seenBy: Readonly<Record<string, readonly string[]>>;
}

export type WorkerReply = { readonly kind: "ready" } | WorkerResult;
