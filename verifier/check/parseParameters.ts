/** Parameters from the flat lists of the guard's Genesis event. */
import {
  MARGIN_MARKET_FIELDS,
  type MarginMarketParameters,
  ORACLE_MARKET_FIELDS,
  type OracleMarketParameters,
  type Parameters,
} from "../model/parameters.ts";

const TIERS = 3;
const THRESHOLDS = 4;
const MARGIN_HEAD = 2;

/**
 * Reverses oracleParameterWords and marginParameterWords.
 * @returns null when the lists do not have the length of this number of markets
 */
export function parseParameters(
  oracle: readonly bigint[],
  margin: readonly bigint[],
  markets: number,
): Parameters | null {
  const oracleHead = TIERS + THRESHOLDS;
  if (oracle.length !== oracleHead + markets * ORACLE_MARKET_FIELDS.length) return null;
  if (margin.length !== MARGIN_HEAD + markets * MARGIN_MARKET_FIELDS.length) return null;
  const [minimumMargin = 0n, staleSec = 0n] = margin;
  const indices = Array.from({ length: markets }, (_, market) => market);
  return {
    oracle: {
      tvlTier: oracle.slice(0, TIERS),
      deviationSquared: oracle.slice(TIERS, oracleHead),
      markets: indices.map((market) =>
        record<OracleMarketParameters>(ORACLE_MARKET_FIELDS, oracle, oracleHead, market),
      ),
    },
    margin: {
      minimumMargin,
      staleSec,
      markets: indices.map((market) =>
        record<MarginMarketParameters>(MARGIN_MARKET_FIELDS, margin, MARGIN_HEAD, market),
      ),
    },
  };
}

function record<T>(names: readonly (keyof T & string)[], words: readonly bigint[], head: number, market: number): T {
  const entries = names.map((name, index) => [name, words[head + market * names.length + index] ?? 0n]);
  return Object.fromEntries(entries) as T; // `names` lists every key of T, as the model's `satisfies` says
}
