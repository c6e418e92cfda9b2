/** Since when something is late, where a feed tells when the chain itself stood still. @see contracts/guard/UptimeGrace.sol */
import { CouldNotCheckError, type Finding, unknown } from "./verdict.ts";

/** What the feed answers: 0 up, 1 down, and since when, unix seconds; both as plain words. */
export interface UptimeAnswer {
  readonly state: bigint;
  readonly startedAt: bigint;
}

/**
 * What the feed answers before and after a block, "nonsense" for fewer words than such a feed gives; null when the endpoint cannot
 * say. Empty without a feed.
 */
export type UptimeAnswers = readonly (UptimeAnswer | "nonsense")[] | null;

export interface UptimeLimits {
  readonly hasUptimeFeed: boolean;
  /** How long nobody is late after the chain is up again, seconds. */
  readonly graceSec: bigint;
  /** A feed that says "down" for longer counts for nothing, seconds. */
  readonly exitDelaySec: bigint;
}

const DOWN = 1n;

/** The finding of a check that {@link lateSince} does not decide. */
export function unknownUptime(check: string): Finding {
  const why = "what the uptime feed answered there is not known, or it changed in that block";
  return unknown(check, new CouldNotCheckError(why));
}

/**
 * Since when (unix seconds) something that began at `start` is later than `deadline`; 0 when it is not.
 * @returns null when it depends on a feed's answer that nobody knows
 */
export function lateSince(
  { start, deadline }: { readonly start: bigint; readonly deadline: bigint },
  { time, limits, uptime }: { readonly time: bigint; readonly limits: UptimeLimits; readonly uptime: UptimeAnswers },
): bigint | null {
  if (start + deadline >= time) return 0n;
  const plain = start + deadline + 1n;
  if (!limits.hasUptimeFeed) return plain;
  const [first, ...others] = new Set((uptime ?? []).map((answer) => withGrace(plain, deadline, answer, time, limits)));
  return first === undefined || others.length > 0 ? null : first;
}

function withGrace(
  plain: bigint,
  deadline: bigint,
  answer: UptimeAnswer | "nonsense",
  time: bigint,
  { graceSec, exitDelaySec }: UptimeLimits,
): bigint {
  if (answer === "nonsense") return plain;
  const { state, startedAt } = answer;
  if (state > DOWN || startedAt === 0n || startedAt > time) return plain;
  if (state === DOWN) return startedAt + exitDelaySec < time ? plain : 0n;
  const times = [plain, startedAt + deadline + 1n, startedAt + graceSec];
  const since = times.reduce((latest, one) => (one > latest ? one : latest));
  return since > time ? 0n : since;
}
