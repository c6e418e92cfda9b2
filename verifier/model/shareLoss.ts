import type { Account } from "./account.ts";
import { absolute, divideUp, signOf } from "./arithmetic.ts";
import { type Case, type Judgement, judge, MALFORMED } from "./judgement.ts";
import { equity, hasPosition } from "./margin.ts";
import type { State } from "./state.ts";
import type { Terms } from "./terms.ts";

/**
 * What account 0 and the insurance scalar cannot pay is charged to the holders of one market's winning side: the same whole number
 * of ticks a lot, rounded up once; what that brings above the deficit, below one tick a lot, stays with account 0.
 */
export function shareLoss({ fields, a, b, state, terms }: Case): Judgement {
  const { accountA, accountB, market } = fields;
  const inMarket = terms.markets[market];
  if (inMarket === undefined || accountA !== 0 || accountB !== 0) return MALFORMED;
  const charged = chargedSides(a, market);
  const lots = (state.markets[market]?.openInterest ?? 0n) * (charged.long + charged.short);
  if (lots === 0n) return MALFORMED;

  const deficit = -(equity(a, terms) + state.insurance);
  const rise = deficit > 0n ? divideUp(deficit, lots) : 0n;
  const exposures = exposuresOf(a, state, terms);
  const isLargest = exposures.every((exposure) => exposure <= (exposures[market] ?? 0n));
  return judge(
    { price: inMarket.reduceOnly, margin: deficit <= 0n || !isLargest },
    {
      a: { ...a, quote: a.quote + state.insurance + rise * lots },
      b,
      insurance: 0n,
      charge: { market, long: rise * charged.long, short: -rise * charged.short },
    },
  );
}

/** 1 for each side that pays: the one opposite to account 0's position, or both when it has no position in any market. */
function chargedSides(account: Account, market: number): { readonly long: bigint; readonly short: bigint } {
  if (!hasPosition(account)) return { long: 1n, short: 1n };
  const side = signOf(account.sizes[market] ?? 0n);
  return { long: side < 0n ? 1n : 0n, short: side > 0n ? 1n : 0n };
}

/** Notional of account 0 in each market, of the open interest when it has no position in any; quote units. */
function exposuresOf(account: Account, state: State, terms: Terms): readonly bigint[] {
  const isFlat = !hasPosition(account);
  return terms.markets.map(({ mark }, market) => {
    const lots = isFlat ? state.markets[market]?.openInterest : absolute(account.sizes[market] ?? 0n);
    return (lots ?? 0n) * mark;
  });
}
