import { bitsOf, isUint } from "./arithmetic.ts";
import { FUNDING_RATE_BITS, PRICE_BITS, TIME_BITS } from "./constants.ts";
import { type PublicKey, type Signature, type SigningKey, sign, verifySignature } from "./eddsa.ts";
import type { Hasher } from "./hasher.ts";

/** What one reporter says in one round. */
export interface Report {
  /** Unix seconds. */
  readonly timestamp: bigint;
  /** Ticks per market; 0 means "I have no price for this market". */
  readonly prices: readonly bigint[];
  /** Signed funding rates per market, 2^-20 per 2^16 seconds, in [-2^20, 2^20). */
  readonly fundingRates: readonly bigint[];
}

/** A report does not fit its word. */
export class ReportRangeError extends RangeError {
  override readonly name = "ReportRangeError";
  readonly code = "REPORT_RANGE";
}

const MARKET_BITS = 48n;
const RATE_OFFSET = 1n << FUNDING_RATE_BITS;

/** timestamp(40) | per market at bit 40 + 48 m: price(27), fundingRate + 2^20 (21). @throws {ReportRangeError} */
export function encodeReport(report: Report): bigint {
  return report.prices.reduce(
    (word, price, market) => {
      const rate = (report.fundingRates[market] ?? 0n) + RATE_OFFSET;
      const lane = field(price, PRICE_BITS) | (field(rate, FUNDING_RATE_BITS + 1n) << PRICE_BITS);
      return word | (lane << (TIME_BITS + MARKET_BITS * BigInt(market)));
    },
    field(report.timestamp, TIME_BITS),
  );
}

/**
 * Reverses {@link encodeReport}.
 * @param markets number of markets of the profile
 * @returns undefined when the word has bits above the last market; no round holds such a report
 */
export function decodeReport(word: bigint, markets: number): Report | undefined {
  if (!isUint(word, TIME_BITS + MARKET_BITS * BigInt(markets))) return undefined;
  const offsets = Array.from({ length: markets }, (_, market) => TIME_BITS + MARKET_BITS * BigInt(market));
  return {
    timestamp: bitsOf(word, 0n, TIME_BITS),
    prices: offsets.map((offset) => bitsOf(word, offset, PRICE_BITS)),
    fundingRates: offsets.map((offset) => bitsOf(word, offset + PRICE_BITS, FUNDING_RATE_BITS + 1n) - RATE_OFFSET),
  };
}

/** The message that a reporter signs: Poseidon(domain, reportWord). */
export function reportMessage(hasher: Hasher, domain: bigint, word: bigint): bigint {
  return hasher.hash([domain, word]);
}

/** The four words of a signed report: reportWord, R8x, R8y, S. */
export function signReport(hasher: Hasher, key: SigningKey, domain: bigint, report: Report): readonly bigint[] {
  const word = encodeReport(report);
  const { r8x, r8y, s } = sign(hasher, key, reportMessage(hasher, domain, word));
  return [word, r8x, r8y, s];
}

/** Whether four words are a report signed by the key. */
export function isReportSigned(hasher: Hasher, key: PublicKey, domain: bigint, words: readonly bigint[]): boolean {
  const [word = 0n, r8x = 0n, r8y = 0n, s = 0n] = words;
  const signature: Signature = { r8x, r8y, s };
  return verifySignature(hasher, key, reportMessage(hasher, domain, word), signature);
}

function field(value: bigint, bits: bigint): bigint {
  if (!isUint(value, bits)) throw new ReportRangeError(`${value} does not fit ${bits} bits`);
  return value;
}
