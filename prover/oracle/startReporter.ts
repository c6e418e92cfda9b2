import { EventEmitter } from "node:events";
import { z } from "zod";
import type { SigningKey } from "../../verifier/model/eddsa.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { signReport } from "../../verifier/model/report.ts";
import { pause } from "../chain/clock.ts";
import { describeError } from "../errors.ts";
import type { PriceSource } from "./priceSource.ts";

export interface ReporterConfig {
  readonly key: SigningKey;
  /** The reporter's place in the guard's reporter set. */
  readonly slot: number;
  /** Of the guard; see domainOf. */
  readonly domain: bigint;
  readonly profile: Profile;
  /** Without a trailing slash. */
  readonly aggregatorUrl: string;
  readonly source: PriceSource;
  /** Time between two reports, milliseconds; absent: only when asked. */
  readonly intervalMs?: number;
  /** Time for one report, source and aggregator together, milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
}

export interface ReportOutcome {
  /** "skipped": the source had nothing to report. */
  readonly status: "accepted" | "refused" | "skipped" | "failed";
  readonly code?: string;
  readonly message?: string;
}

export interface ReporterHandle {
  readonly events: EventEmitter<{ report: [ReportOutcome] }>;
  /** Asks the source once and reports what it says. Never throws: a failure is an outcome. */
  reportOnce(signal?: AbortSignal): Promise<ReportOutcome>;
  stop(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const refusalSchema = z.object({ code: z.string().max(100), message: z.string().max(500) });

/** Starts a reporter: watches a price source, signs what it says and posts it to an aggregator. */
export async function startReporter(config: ReporterConfig): Promise<ReporterHandle> {
  const hasher = await createHasher();
  const events = new EventEmitter<{ report: [ReportOutcome] }>();
  const stopping = new AbortController();

  async function reportOnce(signal?: AbortSignal): Promise<ReportOutcome> {
    const deadline = AbortSignal.timeout(config.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const all = AbortSignal.any([stopping.signal, deadline, ...(signal ? [signal] : [])]);
    const outcome = await observeAndPost(all).catch((error: unknown): ReportOutcome => {
      return { status: "failed", ...describeError(error) };
    });
    events.emit("report", outcome);
    return outcome;
  }

  async function observeAndPost(signal: AbortSignal): Promise<ReportOutcome> {
    const seen = await config.source(signal);
    if (seen === null) return { status: "skipped" };
    const { timestampSec: timestamp, prices, fundingRates } = seen;
    const { markets } = config.profile;
    const report = { timestamp, prices: fill(prices, markets), fundingRates: fill(fundingRates, markets) };
    const words = signReport(hasher, config.key, config.domain, report);
    return post({ slot: config.slot, words: words.map(String) }, signal);
  }

  async function post(body: unknown, signal: AbortSignal): Promise<ReportOutcome> {
    const answer = await fetch(`${config.aggregatorUrl}/v1/reports`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
      redirect: "error",
    });
    if (answer.ok) {
      await answer.body?.cancel();
      return { status: "accepted" };
    }
    const refusal = refusalSchema.safeParse(await answer.json().catch(() => null));
    return { status: "refused", ...(refusal.success ? refusal.data : { code: `HTTP_${answer.status}` }) };
  }

  async function watch(intervalMs: number): Promise<void> {
    while (!stopping.signal.aborted) {
      await reportOnce();
      await pause(intervalMs, stopping.signal).catch(() => undefined); // only by stop
    }
  }
  const watching = config.intervalMs === undefined ? Promise.resolve() : watch(config.intervalMs);

  return {
    events,
    reportOnce,
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

/** One value a market; 0, "none", where the source is silent. */
const fill = (values: readonly bigint[], markets: number): readonly bigint[] =>
  Array.from({ length: markets }, (_, market) => values[market] ?? 0n);
