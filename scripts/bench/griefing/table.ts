import { formatUnits } from "ethers";
import type { ClosedWay } from "./closedWays.ts";
import type { WayIn } from "./waysIn.ts";

const QUOTE_DECIMALS = 6;
const ETHER_DECIMALS = 18;
const NATIVE_DIGITS = 3;

/** An amount of the native token with three decimals, rounded up. */
function native(wei: bigint): string {
  const step = 10n ** BigInt(ETHER_DECIMALS - NATIVE_DIGITS);
  const text = formatUnits((wei + step - 1n) / step, NATIVE_DIGITS);
  const [whole = "0", decimals = ""] = text.split(".");
  return `${whole}.${decimals.padEnd(NATIVE_DIGITS, "0")}`;
}

/** Whole quote tokens (10^6 units), with separators. */
function quote(units: bigint): string {
  return (Number(units) / 10 ** QUOTE_DECIMALS).toLocaleString("en", { maximumFractionDigits: 2 });
}

/** The table of the README: everything but gas follows from the defaults alone. */
export function griefingTable(ways: readonly WayIn[], closed: readonly ClosedWay[]): readonly string[] {
  return [
    "| way in | effect | needs | operations | fees | gas at 5 gwei | lost, quote | capital, quote |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...ways.map(({ name, effect, needs, operations, feesWei, gasWei, lost, capital }) => {
      const figures = [operations.toLocaleString("en"), native(feesWei), native(gasWei), quote(lost), quote(capital)];
      return `| ${[name, effect, needs || "-", ...figures].join(" | ")} |`;
    }),
    ...closed.map(({ name, reason }) => `| ${name} | not for sale: ${reason} | | | | | | |`),
  ];
}
