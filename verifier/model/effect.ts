import type { Account } from "./account.ts";
import { isInt, isUint, maximum, minimum } from "./arithmetic.ts";
import { INDEX_BITS, LIABILITIES_BITS, OPEN_INTEREST_BITS, QUOTE_BITS, SIZE_BITS } from "./constants.ts";
import { type FundingIndices, liabilitiesOf, type State } from "./state.ts";
import type { MarketTerms, Terms } from "./terms.ts";

/** Ticks that are added to the loss indices of one market: every long pays `long` a lot, every short gets `short` a lot. */
export interface Charge {
  readonly market: number;
  readonly long: bigint;
  readonly short: bigint;
}

/** What an operation would do: the accounts of both legs and the insurance scalar afterwards, and the losses that it shares. */
export interface Effect {
  readonly a: Account;
  readonly b: Account;
  readonly insurance: bigint;
  readonly charge?: Charge;
}

/** The totals of the state once an effect has happened. */
export type Totals = Omit<State, "tree">;

/** An account after its size in one market changes by `change` at `price`: quote moves so that value at that price stays. */
export function exchange(account: Account, market: number, change: bigint, price: bigint, terms: MarketTerms): Account {
  const before = account.sizes[market] ?? 0n;
  const after = before + change;
  const longChange = maximum(after, 0n) - maximum(before, 0n);
  const shortChange = minimum(after, 0n) - minimum(before, 0n);
  const paid = longChange * (price - terms.fundingLong) + shortChange * (price - terms.fundingShort);
  return { ...account, quote: account.quote - paid, sizes: account.sizes.with(market, after) };
}

/** Change of open interest in each market: of the long sizes of both legs. */
export function openInterestChange(before: readonly Account[], after: readonly Account[]): readonly bigint[] {
  const longs = (accounts: readonly Account[], market: number) =>
    accounts.reduce((sum, { sizes }) => sum + maximum(sizes[market] ?? 0n, 0n), 0n);
  return (before[0]?.sizes ?? []).map((_, market) => longs(after, market) - longs(before, market));
}

/** The totals of a state after an effect on the accounts `a` and `b`. */
export function totalsAfter(state: State, a: Account, b: Account, effect: Effect): Totals {
  const change = openInterestChange([a, b], [effect.a, effect.b]);
  return {
    sumQuote: state.sumQuote + effect.a.quote - a.quote + effect.b.quote - b.quote,
    insurance: effect.insurance,
    markets: state.markets.map(({ openInterest, lossLong, lossShort }, index) => {
      const { long, short } = chargeIn(effect, index);
      return {
        openInterest: openInterest + (change[index] ?? 0n),
        lossLong: lossLong + long,
        lossShort: lossShort + short,
      };
    }),
  };
}

/** What the vault would owe after an effect, quote units. */
export function liabilitiesAfter(effect: Effect, totals: Totals, terms: Terms): bigint {
  const indices = terms.markets.map(({ fundingLong, fundingShort }, index): FundingIndices => {
    const { long, short } = chargeIn(effect, index);
    return { fundingLong: fundingLong + long, fundingShort: fundingShort + short };
  });
  return liabilitiesOf(totals, indices);
}

/** Whether every value that an effect leaves fits its range; liabilities are checked from above only. */
export function fitsRanges(effect: Effect, totals: Totals, terms: Terms): boolean {
  const fits = ({ quote, sizes }: Account) =>
    isUint(quote + (1n << QUOTE_BITS), QUOTE_BITS + 1n) && sizes.every((size) => isInt(size, SIZE_BITS));
  return (
    fits(effect.a) &&
    fits(effect.b) &&
    totals.markets.every(
      ({ openInterest, lossLong, lossShort }) =>
        isUint(openInterest, OPEN_INTEREST_BITS) && isIndex(lossLong) && isIndex(lossShort),
    ) &&
    isUint(totals.insurance, LIABILITIES_BITS) &&
    liabilitiesAfter(effect, totals, terms) < 1n << LIABILITIES_BITS
  );
}

/** Loss indices lie in [-2^25, 2^25). */
function isIndex(loss: bigint): boolean {
  return isUint(loss + (1n << INDEX_BITS), INDEX_BITS + 1n);
}

function chargeIn({ charge }: Effect, market: number): Omit<Charge, "market"> {
  return charge?.market === market ? charge : { long: 0n, short: 0n };
}
