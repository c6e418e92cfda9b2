import { readFile } from "node:fs/promises";
import { ProverError } from "../errors.ts";
import type { Observation, PriceSource } from "./priceSource.ts";

/** A line of a price file is not what the header promises. */
export class PriceFileError extends ProverError {
  override readonly name = "PriceFileError";
  readonly code = "PRICE_FILE";
  /** Line in the file, from 1. */
  readonly line: number;
  constructor(path: string, line: number, reason: string) {
    super(`${path}:${line}: ${reason}`);
    this.line = line;
  }
}

/**
 * A file as a price source: one row for each call, then nothing more.
 * Header: timestampSec,price0,...,fundingRate0,...; integers only, an empty price for "none".
 * @param options.markets markets of the profile
 * @throws {PriceFileError} when the header or any row is not so
 */
export async function csvSource(path: string, options: { readonly markets: number }): Promise<PriceSource> {
  const indices = Array.from({ length: options.markets }, (_, market) => market);
  const header = [
    "timestampSec",
    ...indices.map((market) => `price${market}`),
    ...indices.map((market) => `fundingRate${market}`),
  ];
  const lines = (await readFile(path, "utf8")).split(/\r?\n/);
  if (lines[0]?.trim() !== header.join(","))
    throw new PriceFileError(path, 1, `the header must be ${header.join(",")}`);
  const rows = lines.slice(1).flatMap((text, index): Observation[] => {
    if (text.trim() === "") return [];
    const cells = text.split(",").map((cell) => cell.trim());
    const line = index + 2;
    if (cells.length !== header.length)
      throw new PriceFileError(path, line, `${cells.length} cells, not ${header.length}`);
    const integers = cells.map((cell, column) =>
      readCell(cell, header[column] ?? "", (reason) => new PriceFileError(path, line, reason)),
    );
    const [timestampSec = 0n, ...rest] = integers;
    return [{ timestampSec, prices: rest.slice(0, options.markets), fundingRates: rest.slice(options.markets) }];
  });
  let next = 0;
  return async () => rows[next++] ?? null;
}

function readCell(cell: string, column: string, failure: (reason: string) => PriceFileError): bigint {
  if (cell === "" && column.startsWith("price")) return 0n;
  if (!/^-?\d+$/.test(cell)) throw failure(`${column} is not an integer`);
  const value = BigInt(cell);
  if (value < 0n && !column.startsWith("fundingRate")) throw failure(`${column} is negative`);
  return value;
}
