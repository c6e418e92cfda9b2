/** How much of a claim may leave at once: a level that payments raise and time lowers. @see contracts/guard/Outflow.sol */
import type { OracleState } from "../model/oracle.ts";

/** The guard's limits of what leaves, quote units, seconds and basis points. */
export interface OutflowLimits {
  readonly outflowWindowSec: bigint;
  readonly outflowBps: bigint;
  readonly outflowFloor: bigint;
}

/** What left lately, quote units, as it was at a time, unix seconds. */
export interface OutflowLevel {
  readonly level: bigint;
  readonly at: bigint;
}

const BPS_ONE = 10_000n;

/**
 * What may leave at a time, and the level then.
 * @param owed liabilities and unpaid claims, quote units
 * @param bases maintenance rates of calm markets, 20 fractional bits
 */
export function outflowRoom(
  last: OutflowLevel,
  time: bigint,
  owed: bigint,
  oracle: OracleState,
  bases: readonly bigint[],
  limits: OutflowLimits,
): { readonly room: bigint; readonly level: bigint } {
  const limit = limitOf(owed, oracle, bases, limits);
  const drop = (limit * (time - last.at)) / limits.outflowWindowSec;
  const level = drop < last.level ? last.level - drop : 0n;
  return { room: level < limit ? limit - level : 0n, level };
}

/** A share of what is owed, the smaller the more volatile the most volatile market is; at least the floor. */
function limitOf(
  owed: bigint,
  oracle: OracleState,
  bases: readonly bigint[],
  { outflowBps, outflowFloor }: OutflowLimits,
): bigint {
  const share = (owed * outflowBps) / BPS_ONE;
  const shares = oracle.markets.map(({ maintenanceRate }, market) => {
    const base = bases[market] ?? 0n;
    return maintenanceRate <= base ? share : (share * base) / maintenanceRate;
  });
  const [least = share] = shares.toSorted((left, right) => (left < right ? -1 : 1));
  return least < outflowFloor ? outflowFloor : least;
}
