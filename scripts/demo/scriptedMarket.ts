/** A market that shows what a script says: everybody sees the same price at an instant. */
import type { RecordedMarket } from "./market.ts";
import { FUNDING_RATE, TICK_DECIMALS } from "./parameters.ts";
import { marketTime, scaled } from "./units.ts";

/** From a time on (market time, UTC), what one unit of each asset costs, USD. */
export interface PriceChange {
  readonly at: string;
  readonly prices: readonly string[];
}

/**
 * @param changes in order of time; the first price holds before it too
 * @param fundingRate what everybody reports, 2^-20 per 2^16 s
 * @throws {UnitError} when a time or a price cannot be read
 */
export function scriptedMarket(changes: readonly PriceChange[], fundingRate = FUNDING_RATE): RecordedMarket {
  const steps = changes.map(({ at, prices }) => ({
    timeSec: marketTime(at),
    ticks: prices.map((price) => scaled(price, TICK_DECIMALS)),
  }));
  const ticksAt = (time: number): readonly bigint[] =>
    (steps.findLast(({ timeSec }) => timeSec <= time) ?? steps[0])?.ticks ?? [];
  return {
    venues: ["reported"],
    pricesAt: (timeSec) => ticksAt(timeSec).map((price) => [price]),
    reportAt(_slot, timeSec) {
      const prices = ticksAt(timeSec);
      return { timestamp: BigInt(timeSec), prices, fundingRates: prices.map(() => fundingRate) };
    },
  };
}
