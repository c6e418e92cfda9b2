pragma circom 2.2.0;

include "../lib/constants.circom";
include "./MarketState.circom";

/**
 * Claim, at compile time only: the tags of a market's fields are no wider than the widths of MarketState.
 *
 * in     market  MarketState
 * cost   0
 * sound  assertions over tags; no constraint.
 */
template AssertMarketWidths() {
    input MarketState() market;
    assert(market.mark.maxbit <= PRICE_BITS() && market.median.maxbit <= PRICE_BITS());
    assert(market.fundingIndex.maxabs <= INDEX_BITS() && market.fundingFraction.maxbit <= FUNDING_FRACTION_BITS());
    assert(market.maintenanceRate.maxbit <= MAINTENANCE_BITS() && market.initialRate.maxbit <= RATE_BITS());
    assert(market.updatedAt.maxbit <= TIME_BITS() && market.breakerUntil.maxbit <= TIME_BITS());
    assert(market.variance.maxbit <= VARIANCE_BITS() && market.weight.maxbit <= WEIGHT_BITS());
    assert(market.anchor.maxbit <= PRICE_BITS() && market.anchorAt.maxbit <= TIME_BITS());
    assert(market.breakerLevel.maxbit <= BREAKER_LEVEL_BITS());
}
