/** Running totals against sums over all accounts, and what one account is worth, from the definitions. */
import type { Account } from "../model/account.ts";
import type { State } from "../model/state.ts";
import type { MarketPrices } from "./edges.ts";
import { compared, type Finding } from "./verdict.ts";

export type Entry = readonly [index: number, account: Account];

/** H(maintenance) at the mark, quote units. */
export function healthOf(account: Account, prices: readonly MarketPrices[]): bigint {
  return worth(account, (market, size) => (size > 0n ? market.kappaLong : market.kappaShort), prices);
}

/** H(0) at the mark, quote units. */
export function equityOf(account: Account, prices: readonly MarketPrices[]): bigint {
  return worth(account, (market, size) => (size > 0n ? market.equityLong : market.equityShort), prices);
}

/** quote + sum of size * price per lot, the price chosen by market and side. */
function worth(
  { quote, sizes }: Account,
  priceOf: (market: MarketPrices, size: bigint) => bigint,
  prices: readonly MarketPrices[],
): bigint {
  return prices.reduce((sum, market, index) => sum + (sizes[index] ?? 0n) * priceOf(market, sizes[index] ?? 0n), quote);
}

/** The running totals against sums over all accounts. */
export function checkTotals(
  state: State,
  accounts: readonly Entry[],
  prices: readonly MarketPrices[],
): readonly Finding[] {
  const sum = (part: (account: Account) => bigint) =>
    accounts.reduce((total, [, account]) => total + part(account), 0n);
  const invariant = "the total is the sum over all accounts";
  return [
    compared(
      "solvency.sumQuote",
      invariant,
      state.sumQuote,
      sum(({ quote }) => quote),
    ),
    ...prices.flatMap((_, index) => {
      const size = ({ sizes }: Account) => sizes[index] ?? 0n;
      return [
        compared(
          `solvency.openInterest.${index}`,
          invariant,
          state.markets[index]?.openInterest ?? 0n,
          sum((a) => (size(a) > 0n ? size(a) : 0n)),
        ),
        compared(`solvency.zeroSum.${index}`, "longs and shorts of a market are equal", sum(size), 0n),
      ];
    }),
    ownedValue(
      state,
      sum((account) => equityOf(account, prices)),
      prices,
    ),
  ];
}

/** What all accounts own at the mark, and insurance, is what the vault owes: exact to the unit, at any price. */
function ownedValue(state: State, equity: bigint, prices: readonly MarketPrices[]): Finding {
  const owed = prices.reduce(
    (sum, { fundingLong, fundingShort }, index) =>
      sum - (fundingLong - fundingShort) * (state.markets[index]?.openInterest ?? 0n),
    state.sumQuote + state.insurance,
  );
  return compared(
    "solvency.liabilities",
    "liabilities are what all accounts and insurance own",
    owed,
    equity + state.insurance,
  );
}
