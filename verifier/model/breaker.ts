import { absolute, maximum, minimum } from "./arithmetic.ts";
import { BREAKER_LEVEL_MAX, RATE_BITS } from "./constants.ts";
import type { OracleMarket } from "./oracle.ts";
import type { OracleMarketParameters } from "./parameters.ts";

/** What a market remembers of its trips. */
export type Breaker = Pick<OracleMarket, "breakerUntil" | "breakerLevel">;

/** What a market remembers of where its price came from. */
export type Anchor = Pick<OracleMarket, "anchor" | "anchorAt">;

/**
 * Whether the median is further from the anchor than the rate allows. It shows a walk of which no single round would
 * show anything; since the anchor is renewed, a walk may still make the rate twice in a window of anchorSec.
 * @param median ticks
 */
export function hasStrayed(
  { anchor }: Pick<Anchor, "anchor">,
  median: bigint,
  { anchorRate }: Pick<OracleMarketParameters, "anchorRate">,
): boolean {
  return absolute(median - anchor) > (anchor * anchorRate) >> RATE_BITS;
}

/**
 * The anchor after a round: the new mark, once the old anchor is old enough.
 * @param mark of the round, ticks
 * @param timestamp of the round, unix seconds
 */
export function nextAnchor(
  { anchor, anchorAt }: Anchor,
  mark: bigint,
  timestamp: bigint,
  { anchorSec }: Pick<OracleMarketParameters, "anchorSec">,
): Anchor {
  return timestamp - anchorAt >= anchorSec ? { anchor: mark, anchorAt: timestamp } : { anchor, anchorAt };
}

/**
 * The breaker after a round. A trip while it is set prolongs it; one soon after its end doubles the cool-down, three
 * times at most; one long after begins anew. It never ends earlier than it would have.
 * @param timestamp of the round, unix seconds
 */
export function nextBreaker(
  old: Breaker,
  tripped: boolean,
  timestamp: bigint,
  parameters: Pick<OracleMarketParameters, "cooldownSec" | "escalationSec">,
): Breaker {
  if (!tripped) return { breakerUntil: old.breakerUntil, breakerLevel: old.breakerLevel };
  const breakerLevel = levelOfTrip(old, timestamp, parameters.escalationSec);
  const breakerUntil = maximum(old.breakerUntil, timestamp + (parameters.cooldownSec << breakerLevel));
  return { breakerUntil, breakerLevel };
}

function levelOfTrip({ breakerUntil, breakerLevel }: Breaker, timestamp: bigint, escalationSec: bigint): bigint {
  if (timestamp < breakerUntil) return breakerLevel;
  const soon = breakerUntil !== 0n && timestamp < breakerUntil + escalationSec;
  return soon ? minimum(breakerLevel + 1n, BREAKER_LEVEL_MAX) : 0n;
}
