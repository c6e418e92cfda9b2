/** Between what people write (USD, units of an asset, UTC) and the integers of the protocol. Strict: never rounds on the way in. */
import { DAY_SEC, LOT_DECIMALS, QUOTE_DECIMALS, TICK_DECIMALS } from "./parameters.ts";

/** A decimal text is not a multiple of the unit. */
export class UnitError extends RangeError {
  override readonly name = "UnitError";
  readonly code = "UNIT";
}

/** "1250.5" USD in quote units. */
export const quoteUnits = (usd: string): bigint => scaled(usd, QUOTE_DECIMALS);
/** "0.25" of an asset in lots. */
export const sizeLots = (units: string): bigint => scaled(units, LOT_DECIMALS);

/** "21:13:12" on the recorded day as unix seconds. */
export function marketTime(clock: string): number {
  const match = /^(\d\d):(\d\d):(\d\d)$/.exec(clock);
  if (match === null) throw new UnitError(`"${clock}" is not hh:mm:ss`);
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  return DAY_SEC + hours * 3600 + minutes * 60 + seconds;
}

/** Unix seconds as "21:13:12". */
export const showTime = (timeSec: number | bigint): string =>
  new Date(Number(timeSec) * 1000).toISOString().slice(11, 19);

/** Ticks as USD, cents where a price is large. */
export const showPrice = (ticks: bigint): string => (Number(ticks) / 10 ** TICK_DECIMALS).toFixed(2);
/** Lots in units of the asset. */
export const showSize = (lots: bigint): string => trimmed((Number(lots) / 10 ** LOT_DECIMALS).toFixed(LOT_DECIMALS));
/** Quote units as whole USD with thousands separators. */
export function showUsd(units: bigint): string {
  const cents = Number(units) / 10 ** QUOTE_DECIMALS;
  return cents.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
/** Quote units as USD to the last unit, with thousands separators. */
export function showExactUsd(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(QUOTE_DECIMALS + 1, "0");
  const whole = BigInt(digits.slice(0, -QUOTE_DECIMALS)).toLocaleString("en-US");
  return `${units < 0n ? "-" : ""}${whole}.${digits.slice(-QUOTE_DECIMALS)}`;
}
/** Basis points as percent. */
export const showBps = (bps: bigint): string => `${(Number(bps) / 100).toFixed(1)} %`;

/** A decimal text as an integer of 10^-decimals. @throws {UnitError} when it has more decimals, or is no number */
export function scaled(text: string, decimals: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > decimals) throw new UnitError(`"${text}" has no ${decimals} decimals`);
  return BigInt((match[1] ?? "") + fraction.padEnd(decimals, "0"));
}

const trimmed = (text: string): string => text.replace(/\.?0+$/, "");
