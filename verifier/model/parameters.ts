import type { Hasher } from "./hasher.ts";
import { hashWords } from "./words.ts";

/** Oracle parameters of one market. Rates have 20 fractional bits. */
export interface OracleMarketParameters {
  /** Least variance that deviation tests assume, 2^-40 per second, >= 1. */
  readonly varianceFloor: bigint;
  /** Time constant of the moving variance, seconds. */
  readonly timeConstantSec: bigint;
  /** Time over which margins must hold against one sigma, seconds. */
  readonly horizonSec: bigint;
  /** Range of the maintenance rate. */
  readonly maintenanceBase: bigint;
  readonly maintenanceMax: bigint;
  /** Most that the maintenance rate moves, rate units per 256 s. */
  readonly maintenanceStep: bigint;
  /** Range of the initial rate. */
  readonly initialBase: bigint;
  readonly initialMax: bigint;
  /** Initial rate in sixteenths of sigma. */
  readonly initialMultiple: bigint;
  /** How long a trip keeps the market reduce-only, seconds. */
  readonly cooldownSec: bigint;
  /** Largest funding rate that counts, 2^-20 per 2^16 seconds. */
  readonly fundingCap: bigint;
  /** How far the median may stray from the anchor before it trips the breaker, fraction of the anchor, >= 1 unit. */
  readonly anchorRate: bigint;
  /** Age at which the anchor is renewed, seconds, >= 1. */
  readonly anchorSec: bigint;
  /** A trip within this time after a breaker's end doubles the cool-down, seconds. */
  readonly escalationSec: bigint;
}

/** Parameters of OracleRound. */
export interface OracleParameters {
  /** Three increasing borders of value at risk, quote units. */
  readonly tvlTier: readonly bigint[];
  /** k^2 of the deviation test in each of the four tiers. */
  readonly deviationSquared: readonly bigint[];
  readonly markets: readonly OracleMarketParameters[];
}

/** Margin parameters of one market. */
export interface MarginMarketParameters {
  /** Initial margin that grows with the position: 2^-40 of notional per lot. */
  readonly sizeSlope: bigint;
  /** Initial margin that grows with open interest: 2^-40 of notional per lot. */
  readonly openInterestSlope: bigint;
  /** How far a trade's price may be from the mark, fraction of it. */
  readonly bandRate: bigint;
  /** Discount on the price at which a liquidator takes a position. */
  readonly discountRate: bigint;
  /** Penalty of a liquidation that goes to insurance. */
  readonly penaltyRate: bigint;
}

/** Parameters of MarginBatch. */
export interface MarginParameters {
  /** Least equity of an account that takes risk, quote units. */
  readonly minimumMargin: bigint;
  /** Age at which a market's price is stale, seconds. */
  readonly staleSec: bigint;
  readonly markets: readonly MarginMarketParameters[];
}

/** Everything about an instance that never changes. */
export interface Parameters {
  readonly oracle: OracleParameters;
  readonly margin: MarginParameters;
}

/** Order of a market's oracle parameters in the hash. */
export const ORACLE_MARKET_FIELDS = [
  "varianceFloor",
  "timeConstantSec",
  "horizonSec",
  "maintenanceBase",
  "maintenanceMax",
  "maintenanceStep",
  "initialBase",
  "initialMax",
  "initialMultiple",
  "cooldownSec",
  "fundingCap",
  "anchorRate",
  "anchorSec",
  "escalationSec",
] as const satisfies readonly (keyof OracleMarketParameters)[];

/** Order of a market's margin parameters in the hash. */
export const MARGIN_MARKET_FIELDS = [
  "sizeSlope",
  "openInterestSlope",
  "bandRate",
  "discountRate",
  "penaltyRate",
] as const satisfies readonly (keyof MarginMarketParameters)[];

/** The oracle parameters as the flat list that is hashed. */
export function oracleParameterWords(parameters: OracleParameters): readonly bigint[] {
  const markets = parameters.markets.flatMap((market) => ORACLE_MARKET_FIELDS.map((name) => market[name]));
  return [...parameters.tvlTier, ...parameters.deviationSquared, ...markets];
}

/** The margin parameters as the flat list that is hashed. */
export function marginParameterWords(parameters: MarginParameters): readonly bigint[] {
  const markets = parameters.markets.flatMap((market) => MARGIN_MARKET_FIELDS.map((name) => market[name]));
  return [parameters.minimumMargin, parameters.staleSec, ...markets];
}

/** Poseidon(HashWords(oracle words), HashWords(margin words)): the parameters that an oracle root commits to. */
export function parametersHash(hasher: Hasher, parameters: Parameters): bigint {
  return hasher.hash([
    hashWords(hasher, oracleParameterWords(parameters.oracle)),
    hashWords(hasher, marginParameterWords(parameters.margin)),
  ]);
}
