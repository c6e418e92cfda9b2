import { clamp } from "./arithmetic.ts";

/**
 * The point of the median interval nearest to an anchor; the anchor itself when there are no values.
 * With at most f false ones among 2f + 1 or more values it lies between two honest ones.
 */
export function nearestMedian(values: readonly bigint[], anchor: bigint): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const lower = sorted[(sorted.length - 1) >> 1];
  const upper = sorted[sorted.length >> 1];
  return lower === undefined || upper === undefined ? anchor : clamp(anchor, lower, upper);
}
