/** The recorded market: what every reporter saw at an instant, and the honest range of the venues. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { maximum, minimum } from "../../verifier/model/arithmetic.ts";
import type { Report } from "../../verifier/model/report.ts";
import { FIXTURE_FOLDER, FUNDING_RATE, MARKETS, REPORTERS, TICK_DECIMALS } from "./parameters.ts";
import { observe, type PriceSeries, parsePriceSeries } from "./prices.ts";

export interface RecordedMarket {
  /** Names of the venues by column. */
  readonly venues: readonly string[];
  /** By market, then by venue: ticks, or null where the last trade is too old to report. */
  pricesAt(timeSec: number): readonly (readonly (bigint | null)[])[];
  /** What the reporter of a slot says at an instant. */
  reportAt(slot: number, timeSec: number): Report;
}

/** Reads the recording. @throws {PriceFileError} when a file is not what it should be */
export async function loadMarket(folder = FIXTURE_FOLDER): Promise<RecordedMarket> {
  const series: readonly PriceSeries[] = await Promise.all(
    MARKETS.map(async ({ file }) => parsePriceSeries(await readFile(join(folder, file), "utf8"), TICK_DECIMALS)),
  );
  const pricesAt = (timeSec: number) => series.map((market) => observe(market, timeSec));
  return {
    venues: series[0]?.venues ?? [],
    pricesAt,
    reportAt(slot, timeSec) {
      const venue = REPORTERS[slot]?.venue ?? 0;
      const prices = pricesAt(timeSec).map((market) => market[venue] ?? 0n);
      return { timestamp: BigInt(timeSec), prices, fundingRates: prices.map(() => FUNDING_RATE) };
    },
  };
}

/** Lowest and highest of the prices that are there. @returns ticks; undefined when no venue has a price */
export function rangeOf(prices: readonly (bigint | null)[]): { low: bigint; high: bigint } | undefined {
  const present = prices.filter((price) => price !== null);
  const [first] = present;
  if (first === undefined) return undefined;
  return { low: present.reduce(minimum, first), high: present.reduce(maximum, first) };
}
