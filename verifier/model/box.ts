import { unpackBox } from "./account.ts";
import { divideDown, divideUp, minimum } from "./arithmetic.ts";
import { longBound, shortBound } from "./certificate.ts";
import { RATE_ONE } from "./constants.ts";
import type { FundingIndices } from "./state.ts";

/** The tightest bounds of a market, signed ticks; undefined on a side where nobody has a position. */
export interface Bounds {
  /** Every account is solvent while the long side's price per lot is at least this, ... */
  readonly floor: bigint | undefined;
  /** ... and the short side's at most this. */
  readonly ceiling: bigint | undefined;
}

/** The bounds of every market behind the packed box of a tree's root. */
export function boundsOf(box: bigint, markets: number): readonly Bounds[] {
  const lanes = unpackBox(box, 2 * markets);
  return Array.from({ length: markets }, (_, market) => {
    const [long = 0n, short = 0n] = lanes.slice(2 * market, 2 * market + 2);
    return { floor: long === 0n ? undefined : longBound(long), ceiling: short === 0n ? undefined : shortBound(short) };
  });
}

/**
 * The proven margin buffer: the largest fraction of the price, rounded down, that every account can lose and stay solvent.
 * @param price ticks
 * @returns signed basis points; undefined when nobody has a position. The guard says type(int256).max then
 * @see contracts/Homeostat.sol, buffer
 */
export function bufferBps({ floor, ceiling }: Bounds, price: bigint, funding: FundingIndices): bigint | undefined {
  const { fundingLong, fundingShort } = funding;
  const long = floor === undefined ? undefined : divideDown((price - fundingLong - floor) * 10_000n, price);
  const short = ceiling === undefined ? undefined : divideDown((ceiling - price + fundingShort) * 10_000n, price);
  return long === undefined || short === undefined ? (long ?? short) : minimum(long, short);
}

/**
 * Whether somebody may be below a margin rate at a price: exact, not by the rounded buffer.
 * @param price ticks
 * @param rate 20 fractional bits; the maintenance rate, or 0 for bankruptcy
 */
export function isBreached({ floor, ceiling }: Bounds, price: bigint, rate: bigint, funding: FundingIndices): boolean {
  const marginUp = divideUp(price * rate, RATE_ONE);
  const below = floor !== undefined && price - marginUp - funding.fundingLong < floor;
  const above = ceiling !== undefined && price + marginUp - funding.fundingShort > ceiling;
  return below || above;
}
