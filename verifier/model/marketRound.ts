import { absolute, clamp, divideDown, isInt, maximum, minimum, squareRootDown } from "./arithmetic.ts";
import { hasStrayed, nextAnchor, nextBreaker } from "./breaker.ts";
import { FUNDING_FRACTION_BITS, INDEX_BITS, MAX_STEP_SEC, VARIANCE_BITS, VARIANCE_ONE } from "./constants.ts";
import { nearestMedian } from "./median.ts";
import type { OracleMarket } from "./oracle.ts";
import type { OracleMarketParameters } from "./parameters.ts";
import { initialRateOf, riskOf } from "./risk.ts";

/** What the counted reports that have a price for a market say about it. */
export interface MarketReports {
  readonly prices: readonly bigint[];
  readonly fundingRates: readonly bigint[];
}

/** Step of one market in a round with enough prices for it. */
export interface MarketStep {
  readonly next: OracleMarket;
  /** Most ticks that the mark may move. */
  readonly reach: bigint;
  /** Whether the median was out of reach, or too far from the anchor: either sets the breaker. */
  readonly tripped: boolean;
}

/**
 * Moves the mark towards the median, and variance, margins, breaker and funding with it.
 * @param timestamp of the new round, unix seconds
 * @param deviationSquared k^2 of the deviation test
 */
export function stepMarket(
  old: OracleMarket,
  reports: MarketReports,
  parameters: OracleMarketParameters,
  timestamp: bigint,
  deviationSquared: bigint,
): MarketStep {
  const median = nearestMedian(reports.prices, old.mark);
  const stepSec = minimum(timestamp - old.updatedAt, MAX_STEP_SEC);
  const markSquared = old.mark * old.mark;

  // reach = k sigma sqrt(dt) mark, rounded down, at least one tick
  const spread = deviationSquared * maximum(old.variance, parameters.varianceFloor) * stepSec * markSquared;
  const reach = maximum(1n, squareRootDown(spread / VARIANCE_ONE));
  const distance = absolute(median - old.mark);
  const tripped = distance > reach || hasStrayed(old, median, parameters);
  const move = minimum(distance, reach);
  const mark = median > old.mark ? old.mark + move : old.mark - move;

  const { timeConstantSec } = parameters;
  const variance = minimum(
    (1n << VARIANCE_BITS) - 1n,
    (timeConstantSec * old.variance * markSquared + move * move * VARIANCE_ONE) /
      ((timeConstantSec + stepSec) * markSquared),
  );
  const { maintenanceTarget, initialTarget, weight } = riskOf(parameters, mark, variance);
  const rateStep = (parameters.maintenanceStep * stepSec) / 256n;
  const maintenanceRate = clamp(maintenanceTarget, old.maintenanceRate - rateStep, old.maintenanceRate + rateStep);

  // funding stands still from the trip to the breaker's end, and only then
  const accruesFrom = maximum(old.updatedAt, old.breakerUntil);
  const fundingSec = clamp(timestamp - accruesFrom, 0n, MAX_STEP_SEC);
  const medianRate = nearestMedian(reports.fundingRates, 0n);
  const fundingRate = clamp(medianRate, -parameters.fundingCap, parameters.fundingCap);

  const next: OracleMarket = {
    ...accrueFunding(old, fundingRate * mark * fundingSec),
    ...nextBreaker(old, tripped, timestamp, parameters),
    ...nextAnchor(old, mark, timestamp, parameters),
    mark,
    median,
    maintenanceRate,
    initialRate: initialRateOf(parameters, initialTarget, maintenanceRate),
    updatedAt: timestamp,
    variance,
    weight,
  };
  return { next, reach, tripped };
}

/** Adds funding in 2^-36 ticks, index rounded down; an index that would leave its range stays as it was. */
function accrueFunding(old: OracleMarket, funding: bigint): Pick<OracleMarket, "fundingIndex" | "fundingFraction"> {
  const sum = (old.fundingIndex << FUNDING_FRACTION_BITS) + old.fundingFraction + funding;
  const fundingIndex = divideDown(sum, 1n << FUNDING_FRACTION_BITS);
  if (!isInt(fundingIndex, INDEX_BITS)) return { fundingIndex: old.fundingIndex, fundingFraction: old.fundingFraction };
  return { fundingIndex, fundingFraction: sum - (fundingIndex << FUNDING_FRACTION_BITS) };
}
