import { bitsOf, isInt, isUint } from "./arithmetic.ts";
import {
  BREAKER_LEVEL_BITS,
  FUNDING_FRACTION_BITS,
  INDEX_BITS,
  PRICE_BITS,
  RATE_BITS,
  ROUND_BITS,
  TIME_BITS,
  VARIANCE_BITS,
  WEIGHT_BITS,
} from "./constants.ts";
import type { OracleMarket, OracleState } from "./oracle.ts";

/** A value of the oracle state does not fit its field. */
export class OracleRangeError extends RangeError {
  override readonly name = "OracleRangeError";
  readonly code = "ORACLE_RANGE";
}

const INDEX_OFFSET = 1n << INDEX_BITS;

/** The one public word of a market, 200 bits. */
export function encodePriceWord(market: OracleMarket): bigint {
  if (!isInt(market.fundingIndex, INDEX_BITS)) throw new OracleRangeError(`fundingIndex ${market.fundingIndex}`);
  return pack([
    [market.mark, PRICE_BITS],
    [market.median, PRICE_BITS],
    [market.fundingIndex + INDEX_OFFSET, INDEX_BITS + 1n],
    [market.maintenanceRate, RATE_BITS],
    [market.initialRate, RATE_BITS],
    [market.updatedAt, TIME_BITS],
    [market.breakerUntil, TIME_BITS],
  ]);
}

/** The word of a market that only circuits read, 165 bits. */
export function encodeRiskWord(market: OracleMarket): bigint {
  return pack([
    [market.variance, VARIANCE_BITS],
    [market.weight, WEIGHT_BITS],
    [market.fundingFraction, FUNDING_FRACTION_BITS],
    [market.anchor, PRICE_BITS],
    [market.anchorAt, TIME_BITS],
    [market.breakerLevel, BREAKER_LEVEL_BITS],
  ]);
}

/** round + timestamp << 40. */
export function encodeTimeWord(state: OracleState): bigint {
  return pack([
    [state.round, ROUND_BITS],
    [state.timestamp, TIME_BITS],
  ]);
}

/** timeWord, priceWord_0, riskWord_0, priceWord_1, ... as events carry them. */
export function encodeOracle(state: OracleState): readonly bigint[] {
  return [
    encodeTimeWord(state),
    ...state.markets.flatMap((market) => [encodePriceWord(market), encodeRiskWord(market)]),
  ];
}

/** Reverses {@link encodeOracle}. */
export function decodeOracle(words: readonly bigint[]): OracleState {
  const timeWord = words[0] ?? 0n;
  const markets = Array.from({ length: (words.length - 1) >> 1 }, (_, index) =>
    decodeMarket(words[2 * index + 1] ?? 0n, words[2 * index + 2] ?? 0n),
  );
  return { round: bitsOf(timeWord, 0n, ROUND_BITS), timestamp: bitsOf(timeWord, 40n, TIME_BITS), markets };
}

/** The market behind a price word and a risk word. */
export function decodeMarket(priceWord: bigint, riskWord: bigint): OracleMarket {
  return {
    mark: bitsOf(priceWord, 0n, PRICE_BITS),
    median: bitsOf(priceWord, 27n, PRICE_BITS),
    fundingIndex: bitsOf(priceWord, 54n, INDEX_BITS + 1n) - INDEX_OFFSET,
    maintenanceRate: bitsOf(priceWord, 80n, RATE_BITS),
    initialRate: bitsOf(priceWord, 100n, RATE_BITS),
    updatedAt: bitsOf(priceWord, 120n, TIME_BITS),
    breakerUntil: bitsOf(priceWord, 160n, TIME_BITS),
    variance: bitsOf(riskWord, 0n, VARIANCE_BITS),
    weight: bitsOf(riskWord, 32n, WEIGHT_BITS),
    fundingFraction: bitsOf(riskWord, 60n, FUNDING_FRACTION_BITS),
    anchor: bitsOf(riskWord, 96n, PRICE_BITS),
    anchorAt: bitsOf(riskWord, 123n, TIME_BITS),
    breakerLevel: bitsOf(riskWord, 163n, BREAKER_LEVEL_BITS),
  };
}

/** Concatenates fields, lowest first. @throws {OracleRangeError} when one does not fit its width */
function pack(fields: readonly (readonly [value: bigint, bits: bigint])[]): bigint {
  let word = 0n;
  let offset = 0n;
  for (const [value, bits] of fields) {
    if (!isUint(value, bits)) throw new OracleRangeError(`${value} does not fit ${bits} bits`);
    word |= value << offset;
    offset += bits;
  }
  return word;
}
