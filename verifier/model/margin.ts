import type { Account } from "./account.ts";
import { absolute } from "./arithmetic.ts";
import { RATE_ONE } from "./constants.ts";
import type { MarketTerms, Terms } from "./terms.ts";

/** What margins look at in an account. */
export type Position = Pick<Account, "quote" | "sizes">;

/** 2^40: the scale of the exact initial margin. */
const SLACK_ONE = RATE_ONE * RATE_ONE;

/** Whether any size is not zero. */
export function hasPosition({ sizes }: Position): boolean {
  return sizes.some((size) => size !== 0n);
}

/** H(maintenance) at the mark, quote units: negative means that the account may be liquidated. */
export function health(position: Position, terms: Terms): bigint {
  return valueAt(position, terms, (market, size) => (size > 0n ? market.kappaLong : market.kappaShort));
}

/** H(0) at the mark, quote units: negative means bankrupt. */
export function equity(position: Position, terms: Terms): bigint {
  return valueAt(position, terms, (market, size) =>
    size > 0n ? market.mark - market.fundingLong : market.mark - market.fundingShort,
  );
}

/** H(0) at the worse of mark and median for this account, quote units. */
export function equityWorst(position: Position, terms: Terms): bigint {
  return valueAt(position, terms, (market, size) =>
    size > 0n ? market.low - market.fundingLong : market.high - market.fundingShort,
  );
}

/**
 * equityWorst - initial margin, exact, in 2^-40 quote units.
 * @param openInterest lots per market, after the operation
 */
export function initialSlack(position: Position, terms: Terms, openInterest: readonly bigint[]): bigint {
  return terms.markets.reduce((slack, market, index) => {
    const size = position.sizes[index] ?? 0n;
    const price = size > 0n ? market.low : market.high;
    const slopes = absolute(size) * market.sizeSlope + (openInterest[index] ?? 0n) * market.openInterestSlope;
    return slack - absolute(size) * price * (market.initialRate * RATE_ONE + slopes);
  }, equityWorst(position, terms) * SLACK_ONE);
}

/** Whether the account may take more risk or take value out. Without positions it says quote >= 0. */
export function initialOk(position: Position, terms: Terms, openInterest: readonly bigint[]): boolean {
  if (initialSlack(position, terms, openInterest) < 0n) return false;
  if (!hasPosition(position)) return true;
  const anyStale = terms.markets.some((market, index) => market.stale && position.sizes[index] !== 0n);
  return !anyStale && equityWorst(position, terms) >= terms.minimumMargin;
}

/** An account without positions owes nothing. */
export function flatOk(position: Position): boolean {
  return hasPosition(position) || position.quote >= 0n;
}

/** quote + sum of size * price per lot, the price chosen by market and side. */
function valueAt(
  { quote, sizes }: Position,
  terms: Terms,
  priceOf: (market: MarketTerms, size: bigint) => bigint,
): bigint {
  return terms.markets.reduce((value, market, index) => {
    const size = sizes[index] ?? 0n;
    return size === 0n ? value : value + size * priceOf(market, size);
  }, quote);
}
