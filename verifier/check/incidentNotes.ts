/** Which incidents begin and end with which proof: derived from prices, box and totals, apart from what the guard records. */
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";
import { edgesOf, type MarketPrices, pricesOf } from "./edges.ts";
import { ALL_MARKETS, causeNumber, type IncidentCause, type IncidentEvent } from "./incidentCauses.ts";
import type { UptimeAnswers, UptimeLimits } from "./uptime.ts";

/** Since when something lasts, unix seconds; 0 when it does not. */
export interface Notes {
  readonly breached: readonly bigint[];
  readonly bankrupt: readonly bigint[];
  /** When the market's breaker was set last. */
  readonly breaker: readonly bigint[];
  readonly deficitSince: bigint;
  readonly vaultShortSince: bigint;
  readonly exitAt: bigint;
  /** Unix milliseconds at which all unauthorised operations will be forgotten. */
  readonly forgottenAtMs: bigint;
}

/** The guard's times, seconds, and its limit of unauthorised operations. */
export interface IncidentLimits extends UptimeLimits {
  readonly cureSec: bigint;
  readonly haltCureSec: bigint;
  readonly proofDeadlineSec: bigint;
  readonly roundDeadlineSec: bigint;
  readonly unauthorisedLimit: bigint;
  readonly unauthorisedStepMs: bigint;
  readonly unauthorisedPauseSec: bigint;
}

/** Where and when a proof was accepted, and what everyone is owed then. */
export interface Moment {
  readonly time: bigint;
  /** Quote units. */
  readonly stake: bigint;
  readonly limits: IncidentLimits;
  /** What the uptime feed says there. */
  readonly uptime: UptimeAnswers;
}

/** Notes after a step, and the incidents that it began and ended. */
export interface Noted {
  readonly notes: Notes;
  readonly incidents: readonly IncidentEvent[];
}

/** The notes of a guard that has just been made. */
export function noNotes(markets: number): Notes {
  const zeros = Array.from({ length: markets }, () => 0n);
  return {
    ...{ breached: zeros, bankrupt: zeros, breaker: zeros },
    ...{ deficitSince: 0n, vaultShortSince: 0n, exitAt: 0n, forgottenAtMs: 0n },
  };
}

export function detected(cause: IncidentCause, market: bigint, detectedAt: bigint, stake: bigint): IncidentEvent {
  return { phase: "detected", cause: causeNumber(cause), market, detectedAt, stake };
}

export function recovered(
  cause: IncidentCause,
  market: bigint,
  [detectedAt, containedAt, recoveredAt]: readonly [bigint, bigint, bigint],
): IncidentEvent {
  return { phase: "recovered", cause: causeNumber(cause), market, detectedAt, containedAt, recoveredAt };
}

/** Breaches and bankruptcies of all markets at new prices or a new box. */
export function noteBreaches(notes: Notes, state: State, oracle: OracleState, moment: Moment): Noted {
  const edges = edgesOf(state.tree.root.box, oracle.markets.length);
  const atMark = pricesOf(state, oracle);
  const medians = oracle.markets.map((market) => ({ ...market, mark: market.median }));
  const atMedian = pricesOf(state, { ...oracle, markets: medians });
  const outside = (
    index: number,
    low: keyof MarketPrices,
    high: keyof MarketPrices,
    prices: readonly MarketPrices[],
  ) => {
    const { floor = null, ceiling = null } = edges[index] ?? {};
    const market = prices[index];
    if (market === undefined) return false;
    return (floor !== null && market[low] < floor) || (ceiling !== null && market[high] > ceiling);
  };
  const breached = atMark.map((_, market) =>
    [atMark, atMedian].some((prices) => outside(market, "kappaLong", "kappaShort", prices)),
  );
  const bankrupt = atMark.map((_, market) => outside(market, "equityLong", "equityShort", atMark));
  const changes = (cause: "breach" | "bankrupt", old: readonly bigint[], now: readonly boolean[]) =>
    old.flatMap((since, market) => change(cause, BigInt(market), since, now[market] === true, moment));
  return {
    notes: {
      ...notes,
      breached: notes.breached.map((since, market) => sinceOf(since, breached[market] === true, moment)),
      bankrupt: notes.bankrupt.map((since, market) => sinceOf(since, bankrupt[market] === true, moment)),
    },
    incidents: [...changes("breach", notes.breached, breached), ...changes("bankrupt", notes.bankrupt, bankrupt)],
  };
}

/** The insurance account's deficit after new totals. @param deficit quote units */
export function noteDeficit(notes: Notes, deficit: bigint, moment: Moment): Noted {
  const since = notes.deficitSince;
  const incidents = change("deficit", ALL_MARKETS, since, deficit !== 0n, { ...moment, stake: deficit });
  return { notes: { ...notes, deficitSince: sinceOf(since, deficit !== 0n, moment) }, incidents };
}

const sinceOf = (old: bigint, lasts: boolean, { time }: Moment): bigint => (lasts ? (old === 0n ? time : old) : 0n);

function change(
  cause: "breach" | "bankrupt" | "deficit",
  market: bigint,
  old: bigint,
  lasts: boolean,
  { time, stake, limits }: Moment,
): readonly IncidentEvent[] {
  if ((old !== 0n) === lasts) return [];
  if (lasts) return [detected(cause, market, time, stake)];
  const cure = cause === "deficit" ? limits.haltCureSec : limits.cureSec;
  const containedAt = old + cure < time ? old + cure + 1n : 0n;
  return [recovered(cause, market, [old, containedAt, time])];
}
