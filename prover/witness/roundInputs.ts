import type { OracleMarket, OracleState } from "../../verifier/model/oracle.ts";
import { marginParameterWords, ORACLE_MARKET_FIELDS } from "../../verifier/model/parameters.ts";
import type { RoundContext, RoundResult } from "../../verifier/model/round.ts";
import { hashWords } from "../../verifier/model/words.ts";

/** Value of an input signal of a circuit; signed values as they are, without the field's order. */
export type InputValue = bigint | readonly InputValue[];

/** Inputs of a circuit by signal name. */
export type CircuitInputs = Readonly<Record<string, InputValue>>;

/** Order of a market's state in the circuit; see circuits/oracle/MarketState.circom. */
export const MARKET_STATE_FIELDS = [
  "mark",
  "median",
  "fundingIndex",
  "maintenanceRate",
  "initialRate",
  "updatedAt",
  "breakerUntil",
  "variance",
  "weight",
  "fundingFraction",
  "anchor",
  "anchorAt",
  "breakerLevel",
] as const satisfies readonly (keyof OracleMarket)[];

/** The fields of a market's state in the circuit's order. */
export function marketStateFields(market: OracleMarket): readonly bigint[] {
  return MARKET_STATE_FIELDS.map((name) => market[name]);
}

/**
 * The inputs with which circuits/main/OracleRound_<profile>.circom proves a round.
 * @param old the oracle state before the round
 * @param words the round's report words, four per reporter slot
 * @param result what the model made of them
 */
export function roundInputs(
  old: OracleState,
  words: readonly bigint[],
  context: RoundContext,
  result: RoundResult,
): CircuitInputs {
  const { parameters, reporterKeys, hasher, tvl } = context;
  const { priceWords, ...signals } = result.signals;
  return {
    ...signals,
    priceWord: priceWords,
    words,
    keyX: reporterKeys.map((key) => key.x),
    keyY: reporterKeys.map((key) => key.y),
    round: old.round,
    timestamp: old.timestamp,
    tvl,
    tvlTier: parameters.oracle.tvlTier,
    deviationTable: parameters.oracle.deviationSquared,
    marketParameters: parameters.oracle.markets.map((market) => ORACLE_MARKET_FIELDS.map((name) => market[name])),
    marginParametersHash: hashWords(hasher, marginParameterWords(parameters.margin)),
    oldMarket: old.markets.map(marketStateFields),
  };
}
