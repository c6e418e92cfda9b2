import { absolute, clamp, divideDown, maximum } from "./arithmetic.ts";
import { BOUND_BITS, CERTIFICATE_BITS, SLACK_BITS } from "./constants.ts";
import { health, type Position } from "./margin.ts";
import type { Terms } from "./terms.ts";

const BOUND_OFFSET = 1n << BOUND_BITS;
const BOUND_LIMIT = BOUND_OFFSET - 1n;
const SLACK_LIMIT = 1n << SLACK_BITS;

/**
 * The certificate of an account: a bound per position such that quote + sum of size * bound >= 0, slack shared in units
 * of volatility. Every rounding is down, towards less slack; lanes saturate on the safe side.
 * @returns lanes long_0, short_0, long_1, ...: bound + 2^28 for a long, 2^28 - bound for a short, 0 for no position
 */
export function certificate(position: Position, terms: Terms): readonly bigint[] {
  const weighted = terms.markets.reduce(
    (sum, market, index) => sum + absolute(position.sizes[index] ?? 0n) * market.weight,
    0n,
  );
  const slackDown = divideDown(health(position, terms) << CERTIFICATE_BITS, maximum(1n, weighted));
  const slack = clamp(slackDown, -SLACK_LIMIT, SLACK_LIMIT);
  return terms.markets.flatMap((market, index) => {
    const size = position.sizes[index] ?? 0n;
    const room = divideDown(slack * market.weight, 1n << CERTIFICATE_BITS);
    if (size > 0n) return [toLane(market.kappaLong - room), 0n];
    if (size < 0n) return [0n, toLane(-market.kappaShort - room)];
    return [0n, 0n];
  });
}

/** The bound that a long lane stands for: the price per lot, net of margin and funding, may not fall below it. */
export function longBound(lane: bigint): bigint {
  return lane - BOUND_OFFSET;
}

/** The bound that a short lane stands for: the price per lot, net of margin and funding, may not rise above it. */
export function shortBound(lane: bigint): bigint {
  return BOUND_OFFSET - lane;
}

function toLane(tightness: bigint): bigint {
  return clamp(tightness, -BOUND_LIMIT, BOUND_LIMIT) + BOUND_OFFSET;
}
