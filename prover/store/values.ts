import { createHash } from "node:crypto";
import type { Row } from "./database.ts";
import { StoreCorruptError } from "./errors.ts";

/** How values that SQLite has no type for are stored: integers of any size as decimal text, lists as JSON of those. */

/** A column that holds text. @throws {StoreCorruptError} when it does not */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new StoreCorruptError("store", `column ${column} holds no text`);
  return value;
}

/** A column that holds an integer below 2^53. */
export function countOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new StoreCorruptError("store", `column ${column} holds no count`);
  }
  return value;
}

/** A column that holds a decimal integer of any size. */
export function integerOf(row: Row, column: string): bigint {
  return parseInteger(textOf(row, column));
}

/** A column that holds a JSON list of decimal integers. */
export function integersOf(row: Row, column: string): readonly bigint[] {
  return parseIntegers(textOf(row, column));
}

/** Reverses {@link integersText}. @throws {StoreCorruptError} when the text is no such list */
export function parseIntegers(text: string): readonly bigint[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) throw new StoreCorruptError("store", "a list is none");
  return list.map((item) => parseInteger(item));
}

export const integerText = (value: bigint): string => value.toString();
export const integersText = (values: readonly bigint[]): string => JSON.stringify(values.map(integerText));

function parseInteger(text: unknown): bigint {
  if (typeof text !== "string" || !/^-?\d+$/.test(text)) throw new StoreCorruptError("store", "not an integer");
  return BigInt(text);
}

/** Check sum of a record that no root covers: SHA-256 of its columns in their order. */
export function digestOf(columns: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(columns)).digest("hex");
}

/** @throws {StoreCorruptError} when a record's columns do not give the digest that was stored with it */
export function checkDigest(row: Row, columns: readonly string[]): void {
  const values = columns.map((column) =>
    typeof row[column] === "number" ? countOf(row, column) : textOf(row, column),
  );
  if (digestOf(values) !== row.digest) throw new StoreCorruptError("store", "a record is not as it was written");
}
