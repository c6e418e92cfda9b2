/** Prices and box edges as the certificate theorem compares them, in ticks per lot net of funding. */
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";

/** What a lot is worth at the mark: at maintenance margin (kappa), and without margin (equity), by side. */
export interface MarketPrices {
  readonly mark: bigint;
  readonly fundingLong: bigint;
  readonly fundingShort: bigint;
  readonly kappaLong: bigint;
  readonly kappaShort: bigint;
  readonly equityLong: bigint;
  readonly equityShort: bigint;
}

/** Where a box's solvency ends: longs need at least the floor, shorts at most the ceiling; null when nobody is there. */
export interface BoxEdges {
  readonly floor: bigint | null;
  readonly ceiling: bigint | null;
}

const RATE_BITS = 20n;
const LANE_BITS = 31;
const BOUND_OFFSET = 1n << 28n;
const BPS_ONE = 10_000n;
/** What the guard answers when nobody has a position: type(int256).max. */
export const NO_LIMIT = (1n << 255n) - 1n;

export function pricesOf(state: Pick<State, "markets">, oracle: OracleState): readonly MarketPrices[] {
  return oracle.markets.map(({ mark, maintenanceRate, fundingIndex }, index) => {
    const { lossLong = 0n, lossShort = 0n } = state.markets[index] ?? {};
    const marginUp = (mark * maintenanceRate + (1n << RATE_BITS) - 1n) >> RATE_BITS;
    const fundingLong = fundingIndex + lossLong;
    const fundingShort = fundingIndex + lossShort;
    return {
      mark,
      fundingLong,
      fundingShort,
      kappaLong: mark - marginUp - fundingLong,
      kappaShort: mark + marginUp - fundingShort,
      equityLong: mark - fundingLong,
      equityShort: mark - fundingShort,
    };
  });
}

export function edgesOf(box: bigint, markets: number): readonly BoxEdges[] {
  return Array.from({ length: markets }, (_, market) => {
    const long = BigInt.asUintN(LANE_BITS, box >> BigInt(2 * market * LANE_BITS));
    const short = BigInt.asUintN(LANE_BITS, box >> BigInt((2 * market + 1) * LANE_BITS));
    return { floor: long === 0n ? null : long - BOUND_OFFSET, ceiling: short === 0n ? null : BOUND_OFFSET - short };
  });
}

/** Lane by lane the greatest of many, packed. */
export function widest(all: readonly (readonly bigint[])[]): bigint {
  const lanes = Math.max(0, ...all.map(({ length }) => length));
  return Array.from({ length: lanes }, (_, lane) => {
    return all.reduce((most, one) => ((one[lane] ?? 0n) > most ? (one[lane] ?? 0n) : most), 0n);
  }).reduceRight((box, lane) => (box << BigInt(LANE_BITS)) | lane, 0n);
}

/** The proven margin buffer of a market in basis points, rounded down, as the guard computes it from its words. */
export function bufferBpsDown({ floor, ceiling }: BoxEdges, prices: MarketPrices): bigint {
  const long = floor === null ? NO_LIMIT : divideDown((prices.equityLong - floor) * BPS_ONE, prices.mark);
  const short = ceiling === null ? NO_LIMIT : divideDown((ceiling - prices.equityShort) * BPS_ONE, prices.mark);
  return long < short ? long : short;
}

/** floor(a / b) for b > 0, also for negative a. */
function divideDown(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((-a + b - 1n) / b);
}
