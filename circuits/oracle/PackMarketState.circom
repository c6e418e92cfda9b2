pragma circom 2.2.0;

include "../lib/constants.circom";
include "./MarketState.circom";

/**
 * Claim: the two words that stand for a market's state in the oracle root; priceWord is also public, for the guard.
 *
 *   priceWord = mark + median << 27 + (fundingIndex + 2^25) << 54 + maintenanceRate << 80 + initialRate << 100
 *             + updatedAt << 120 + breakerUntil << 160                                                   200 bits
 *   riskWord  = variance + weight << 32 + fundingFraction << 60 + anchor << 96 + anchorAt << 123
 *             + breakerLevel << 163                                                                      165 bits
 *
 * in     market     MarketState
 * out    priceWord  uint<200>
 * out    riskWord   uint<165>
 * cost   0
 * sound  the fields' widths, asserted here, are no wider than their places, so different states have different words.
 */
template PackMarketState() {
    input MarketState() market;
    assert(market.mark.maxbit <= 27 && market.median.maxbit <= 27 && market.fundingIndex.maxabs <= 25);
    assert(market.maintenanceRate.maxbit <= 20 && market.initialRate.maxbit <= 20);
    assert(market.updatedAt.maxbit <= 40 && market.breakerUntil.maxbit <= 40);
    assert(market.variance.maxbit <= 32 && market.weight.maxbit <= 28 && market.fundingFraction.maxbit <= 36);
    assert(market.anchor.maxbit <= 27 && market.anchorAt.maxbit <= 40 && market.breakerLevel.maxbit <= 2);

    signal output priceWord <== market.mark + market.median * (1 << 27)
        + (market.fundingIndex + (1 << INDEX_BITS())) * (1 << 54)
        + market.maintenanceRate * (1 << 80) + market.initialRate * (1 << 100)
        + market.updatedAt * (1 << 120) + market.breakerUntil * (1 << 160);
    signal output riskWord <== market.variance + market.weight * (1 << 32) + market.fundingFraction * (1 << 60)
        + market.anchor * (1 << 96) + market.anchorAt * (1 << 123) + market.breakerLevel * (1 << 163);
}
