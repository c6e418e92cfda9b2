/** Reads recorded venue prices (test/fixtures) into what each reporter saw at a second. Pure: text in, values out. */

/** What one venue showed at one second: the last trade, in ticks, and how long ago it was. */
export interface VenueQuote {
  readonly priceTicks: bigint;
  readonly ageSec: number;
}

/** One second of all venues of one market, in the order of `PriceSeries.venues`. */
export interface PriceRow {
  readonly timestampSec: number;
  readonly quotes: readonly VenueQuote[];
}

export interface PriceSeries {
  readonly venues: readonly string[];
  /** One row a second, without gaps. */
  readonly rows: readonly PriceRow[];
}

/** A trade older than this is not reported, in seconds. */
export const MAX_AGE_SEC = 60;
const PRICE_LIMIT = 1n << 27n; // circuits/lib/constants.circom PRICE_BITS
const COLUMN_SUFFIXES = ["_price", "_age_s"] as const;

export class PriceFileError extends Error {
  override readonly name = "PriceFileError";
  readonly code = "PRICE_FILE";
  readonly line: number;
  constructor(line: number, reason: string) {
    super(`line ${line}: ${reason}`);
    this.line = line;
  }
}

/**
 * A decimal text in ticks. Strict: more decimals than the tick has is an error, never a rounding.
 * @param decimals a tick is 10^-decimals of the quote currency
 * @returns ticks, in [1, 2^27)
 */
export function parseTicks(text: string, decimals: number, line = 0): bigint {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (match === null) throw new PriceFileError(line, `"${text}" is not a decimal number`);
  const fraction = match[2] ?? "";
  if (fraction.length > decimals) throw new PriceFileError(line, `"${text}" has more than ${decimals} decimals`);
  const ticks = BigInt(match[1] + fraction.padEnd(decimals, "0"));
  if (ticks < 1n || ticks >= PRICE_LIMIT) throw new PriceFileError(line, `${ticks} ticks is not in [1, 2^27)`);
  return ticks;
}

/**
 * @param csv the file's text: a header and one row for every second
 * @param decimals a tick is 10^-decimals of the quote currency
 * @throws {PriceFileError} when a line has the wrong columns, a number is not strict, or a second is missing
 */
export function parsePriceSeries(csv: string, decimals: number): PriceSeries {
  const [header = "", ...lines] = csv.trimEnd().split("\n");
  const venues = parseHeader(header);
  const rows = lines.map((line, index) => parseRow(line, index + 2, venues.length, decimals));
  rows.forEach((row, index) => {
    const previous = rows[index - 1];
    if (previous !== undefined && row.timestampSec !== previous.timestampSec + 1) {
      throw new PriceFileError(index + 2, `${row.timestampSec} does not follow ${previous.timestampSec}`);
    }
  });
  return { venues, rows };
}

/**
 * What each venue's reporter would say at a second.
 * @returns ticks for each venue; null where the last trade is older than `maxAgeSec`
 * @throws {RangeError} when the second is outside the series
 */
export function observe(
  series: PriceSeries,
  timestampSec: number,
  maxAgeSec = MAX_AGE_SEC,
): readonly (bigint | null)[] {
  const row = series.rows[timestampSec - (series.rows[0]?.timestampSec ?? 0)];
  if (row === undefined) throw new RangeError(`no prices are recorded at ${timestampSec}`);
  return row.quotes.map((quote) => (quote.ageSec > maxAgeSec ? null : quote.priceTicks));
}

function parseHeader(header: string): readonly string[] {
  const [time, ...columns] = header.split(",");
  if (time !== "timestamp_utc_seconds") throw new PriceFileError(1, "the first column is not timestamp_utc_seconds");
  const venues = columns.filter((_, index) => index % 2 === 0).map((name) => name.slice(0, -COLUMN_SUFFIXES[0].length));
  const wanted = venues.flatMap((venue) => COLUMN_SUFFIXES.map((suffix) => venue + suffix));
  if (venues.length === 0 || wanted.join() !== columns.join()) {
    throw new PriceFileError(1, "the columns are not <venue>_price,<venue>_age_s for each venue");
  }
  return venues;
}

function parseRow(text: string, line: number, venues: number, decimals: number): PriceRow {
  const [time = "", ...cells] = text.split(",");
  if (cells.length !== 2 * venues)
    throw new PriceFileError(line, `${cells.length + 1} columns instead of ${2 * venues + 1}`);
  const quotes = Array.from({ length: venues }, (_, index) => ({
    priceTicks: parseTicks(cells[2 * index] ?? "", decimals, line),
    ageSec: parseCount(cells[2 * index + 1] ?? "", line),
  }));
  return { timestampSec: parseCount(time, line), quotes };
}

function parseCount(text: string, line: number): number {
  if (!/^\d{1,10}$/.test(text)) throw new PriceFileError(line, `"${text}" is not a whole number`);
  return Number(text);
}
