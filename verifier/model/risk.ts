import { clamp, maximum, minimum, squareRootDown } from "./arithmetic.ts";
import { NOTICE_SEC, RATE_BITS, RATE_ONE } from "./constants.ts";
import type { OracleMarketParameters } from "./parameters.ts";

/** What volatility makes of margins. */
export interface Risk {
  /** One standard deviation over the horizon, 20 fractional bits. */
  readonly sigma: bigint;
  /** Where the maintenance rate moves to, at a bounded rate. */
  readonly maintenanceTarget: bigint;
  /** The initial rate, before the rule that maintenance does not soon overtake it. */
  readonly initialTarget: bigint;
  /** Volatility-weighted price of the market, ticks, >= 1. */
  readonly weight: bigint;
}

/**
 * Margin targets and weight from a variance. All roundings down.
 * @param mark ticks
 * @param variance 2^-40 per second
 */
export function riskOf(parameters: OracleMarketParameters, mark: bigint, variance: bigint): Risk {
  const sigma = squareRootDown(maximum(variance, parameters.varianceFloor) * parameters.horizonSec);
  return {
    sigma,
    maintenanceTarget: clamp(sigma, parameters.maintenanceBase, parameters.maintenanceMax),
    initialTarget: clamp((sigma * parameters.initialMultiple) / 16n, parameters.initialBase, parameters.initialMax),
    weight: maximum(1n, (mark * minimum(sigma, RATE_ONE)) >> RATE_BITS),
  };
}

/**
 * The initial rate: its target, or the highest that maintenance can come to within NOTICE_SEC if that is more. So whoever
 * meets it stays above maintenance for that long, however volatility moves.
 * @param maintenanceRate of the same round
 */
export function initialRateOf(
  { maintenanceStep, maintenanceMax }: OracleMarketParameters,
  initialTarget: bigint,
  maintenanceRate: bigint,
): bigint {
  const rise = (maintenanceStep * NOTICE_SEC) / 256n;
  return maximum(initialTarget, clamp(maintenanceMax, maintenanceRate, maintenanceRate + rise));
}
