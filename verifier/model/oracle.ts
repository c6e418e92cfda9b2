import { isUint } from "./arithmetic.ts";
import { PRICE_BITS } from "./constants.ts";
import type { Hasher } from "./hasher.ts";
import { encodeOracle, OracleRangeError } from "./oracleWords.ts";
import { type Parameters, parametersHash } from "./parameters.ts";
import { initialRateOf, riskOf } from "./risk.ts";
import { hashWords } from "./words.ts";

export {
  decodeMarket,
  decodeOracle,
  encodeOracle,
  encodePriceWord,
  encodeRiskWord,
  encodeTimeWord,
} from "./oracleWords.ts";

/** What the oracle knows about one market. */
export interface OracleMarket {
  /** Price that margins are judged at; moves a bounded distance per round. Ticks, >= 1. */
  readonly mark: bigint;
  /** Last median of the reports, ticks. */
  readonly median: bigint;
  /** Cumulative funding per lot, signed ticks: longs pay it, shorts receive it. */
  readonly fundingIndex: bigint;
  /** Fractions with 20 fractional bits. */
  readonly maintenanceRate: bigint;
  readonly initialRate: bigint;
  /** Timestamp of the last fresh round, unix seconds. */
  readonly updatedAt: bigint;
  /** The market is reduce-only before this time, unix seconds. */
  readonly breakerUntil: bigint;
  /** Moving variance, 2^-40 per second. */
  readonly variance: bigint;
  /** Volatility-weighted price that certificates share slack by, ticks, >= 1. */
  readonly weight: bigint;
  /** Funding not yet in the index, 2^-36 ticks, unsigned. */
  readonly fundingFraction: bigint;
  /** A mark of some time ago, against which slow walking shows. Ticks, >= 1. */
  readonly anchor: bigint;
  /** When the anchor was the mark, unix seconds. */
  readonly anchorAt: bigint;
  /** How often the cool-down of the last trip was doubled, 0 to 3. */
  readonly breakerLevel: bigint;
}

/** The oracle after a round. */
export interface OracleState {
  readonly round: bigint;
  /** Unix seconds; strictly increases. */
  readonly timestamp: bigint;
  readonly markets: readonly OracleMarket[];
}

/** HashWords(parametersHash, timeWord, priceWord_0, riskWord_0, ...). */
export function oracleRoot(hasher: Hasher, state: OracleState, parameters: Parameters): bigint {
  return hashWords(hasher, [parametersHash(hasher, parameters), ...encodeOracle(state)]);
}

/**
 * The oracle before its first round: no funding, variance at its floor, rates at their targets.
 * @param timestamp unix seconds
 * @param prices first mark of each market, ticks
 */
export function genesisOracle(parameters: Parameters, timestamp: bigint, prices: readonly bigint[]): OracleState {
  const markets = parameters.oracle.markets.map((market, index): OracleMarket => {
    const mark = prices[index] ?? 0n;
    if (mark < 1n || !isUint(mark, PRICE_BITS)) throw new OracleRangeError(`price ${mark} of market ${index}`);
    const { maintenanceTarget, initialTarget, weight } = riskOf(market, mark, market.varianceFloor);
    return {
      mark,
      median: mark,
      fundingIndex: 0n,
      maintenanceRate: maintenanceTarget,
      initialRate: initialRateOf(market, initialTarget, maintenanceTarget),
      updatedAt: timestamp,
      breakerUntil: 0n,
      variance: market.varianceFloor,
      weight,
      fundingFraction: 0n,
      anchor: mark,
      anchorAt: timestamp,
      breakerLevel: 0n,
    };
  });
  return { round: 0n, timestamp, markets };
}
