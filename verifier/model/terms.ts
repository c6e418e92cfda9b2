import { divideUp, maximum, minimum } from "./arithmetic.ts";
import { RATE_BITS, RATE_ONE } from "./constants.ts";
import type { OracleState } from "./oracle.ts";
import type { Parameters } from "./parameters.ts";
import { type FundingIndices, fundingIndices, type State } from "./state.ts";

/** What a batch is judged by in one market. Prices, kappas and per-lot amounts in ticks. */
export interface MarketTerms extends FundingIndices {
  readonly mark: bigint;
  /** The worse of mark and median for a long, and for a short. */
  readonly low: bigint;
  readonly high: bigint;
  /** Value of one lot at the maintenance margin, signed: long below the mark, short above it. */
  readonly kappaLong: bigint;
  readonly kappaShort: bigint;
  /** Last moments at which the price is fresh, and before which the breaker is set; unix seconds. */
  readonly freshUntil: bigint;
  readonly breakerUntil: bigint;
  /** The price is too old to open or close by. */
  readonly stale: boolean;
  /** Only trades that reduce both sides. */
  readonly reduceOnly: boolean;
  /** Greatest distance of a trade's price from the mark. */
  readonly band: bigint;
  /** Discount and penalty per lot of a liquidation. */
  readonly discount: bigint;
  readonly penalty: bigint;
  /** What an account's health gains by each lot liquidated; positive by the rule on parameters. */
  readonly gain: bigint;
  /** Volatility-weighted price. */
  readonly weight: bigint;
  readonly initialRate: bigint;
  /** 2^-40 of notional per lot. */
  readonly sizeSlope: bigint;
  readonly openInterestSlope: bigint;
}

/** Everything that one operation is judged by. Only what depends on the time differs within a batch. */
export interface Terms {
  /** When the operation was logged, and not before the oracle's own time; unix seconds. */
  readonly timestamp: bigint;
  readonly minimumMargin: bigint;
  readonly markets: readonly MarketTerms[];
}

/**
 * Derives the terms from the oracle state of the round and the loss indices of the state.
 * @param loggedAt unix seconds: a price that was fresh when its round was proven may be stale when an operation is logged
 */
export function marketTerms(
  state: Pick<State, "markets">,
  oracle: OracleState,
  parameters: Parameters,
  loggedAt = 0n,
): Terms {
  const timestamp = maximum(oracle.timestamp, loggedAt);
  const { minimumMargin, staleSec, markets } = parameters.margin;
  const indices = fundingIndices(state, oracle);
  const terms = oracle.markets.map((market, index): MarketTerms => {
    const { mark, median, maintenanceRate } = market;
    const marketParameters = markets[index];
    const funding = indices[index];
    if (marketParameters === undefined || funding === undefined)
      throw new RangeError(`no parameters for market ${index}`);
    const marginUp = divideUp(mark * maintenanceRate, RATE_ONE);
    const discount = partDown(mark, marketParameters.discountRate);
    const penalty = partDown(mark, marketParameters.penaltyRate);
    const freshUntil = market.updatedAt + staleSec;
    const stale = freshUntil < timestamp;
    return {
      ...funding,
      mark,
      low: minimum(mark, median),
      high: maximum(mark, median),
      kappaLong: mark - marginUp - funding.fundingLong,
      kappaShort: mark + marginUp - funding.fundingShort,
      freshUntil,
      breakerUntil: market.breakerUntil,
      stale,
      reduceOnly: stale || timestamp < market.breakerUntil,
      band: partDown(mark, marketParameters.bandRate),
      discount,
      penalty,
      gain: marginUp - discount - penalty,
      weight: market.weight,
      initialRate: market.initialRate,
      sizeSlope: marketParameters.sizeSlope,
      openInterestSlope: marketParameters.openInterestSlope,
    };
  });
  return { timestamp, minimumMargin, markets: terms };
}

/** A fraction of a price, rounded down. */
function partDown(price: bigint, rate: bigint): bigint {
  return (price * rate) >> RATE_BITS;
}
