/** The rows of the demo's table: what a round says of each market. */
import colors from "picocolors";
import { type RecordedMarket, rangeOf } from "../market.ts";
import { MARKETS } from "../parameters.ts";
import type { MarketReading, StatusName } from "../stage/readGuard.ts";
import { showBps, showPrice } from "../units.ts";
import { padEnd, padStart } from "./terminal.ts";

const COLUMNS = { lead: 12, market: 6, mark: 8, venue: 9, spread: 9, buffer: 9, margin: 8, status: 9 } as const;

/** Names of the columns. */
export function headerRow(venues: readonly string[]): string {
  const { lead, market, mark, venue, spread, buffer, margin } = COLUMNS;
  return [
    padEnd("", lead + market),
    padStart("mark", mark),
    ...venues.map((name) => padStart(shortName(name), venue)),
    padStart("spread", spread),
    padStart("buffer", buffer),
    padStart("maint.", margin),
    "  status",
  ].join("");
}

/** One line for each market after a round. @param timeSec of the reports, unix seconds */
export function roundRows(
  round: bigint,
  timeSec: number,
  readings: readonly MarketReading[],
  recorded: RecordedMarket,
): readonly string[] {
  const { lead, market, mark, venue, spread, buffer, margin, status } = COLUMNS;
  return readings.map((reading, index) => {
    const prices = recorded.pricesAt(timeSec)[index] ?? [];
    return [
      padEnd(index === 0 ? leadOf("round", round) : "", lead),
      padEnd(MARKETS[index]?.symbol ?? "", market),
      colors.bold(padStart(showPrice(reading.prices.mark), mark)),
      ...prices.map((price) => padStart(price === null ? "silent" : showPrice(price), venue)),
      padStart(spreadOf(prices), spread),
      padStart(showBuffer(reading), buffer),
      padStart(showRate(reading.prices.maintenanceRate), margin),
      `  ${padEnd(showStatus(reading.status), status)}`,
    ].join("");
  });
}

/** What stands before a line of a round or a batch: "  round 3", or as much space. */
export const leadOf = (what: string, number: bigint | number): string => padEnd(`  ${what} ${number}`, COLUMNS.lead);
export const NO_LEAD = " ".repeat(COLUMNS.lead);

/** The buffer; negative when the box allows for a bankrupt account at the mark. */
export function showBuffer({ bufferBps }: Pick<MarketReading, "bufferBps">): string {
  if (bufferBps === null) return "–";
  return bufferBps < 0n ? colors.red(showBps(bufferBps)) : showBps(bufferBps);
}

export function showStatus(status: StatusName): string {
  if (status === "Normal") return colors.green(status);
  return status === "Halted" || status === "Exit" ? colors.red(status) : colors.yellow(status);
}

/** "AAVE Broken, AVAX Normal". */
export function showStatuses(readings: readonly Pick<MarketReading, "status">[]): string {
  return readings.map(({ status }, index) => `${MARKETS[index]?.symbol ?? index} ${showStatus(status)}`).join(", ");
}

/** A rate of 20 fractional bits in percent. */
export const showRate = (rate: bigint): string => `${((Number(rate) / 2 ** 20) * 100).toFixed(1)} %`;

/** How far the venues are apart, of the lowest. */
function spreadOf(prices: readonly (bigint | null)[]): string {
  const range = rangeOf(prices);
  if (range === undefined) return "–";
  return `${((Number(range.high - range.low) / Number(range.low)) * 100).toFixed(1)} %`;
}

/** "binance-coinm-perp" is Binance. */
function shortName(venue: string): string {
  const [first = ""] = venue.split("-");
  return first.charAt(0).toUpperCase() + first.slice(1);
}
