pragma circom 2.2.0;

include "../lib/AssertInt.circom";
include "../lib/AssertUint.circom";
include "../lib/constants.circom";
include "./MarketState.circom";

/**
 * Claim: the thirteen fields have the widths of MarketState.
 *
 * in     fields  field, any; in the order of MarketState
 * out    out     MarketState
 * cost   365
 * sound  one range check a field.
 */
template AssertMarketState() {
    signal input fields[13];
    output MarketState() out;

    out.mark <== AssertUint(PRICE_BITS())(fields[0]);
    out.median <== AssertUint(PRICE_BITS())(fields[1]);
    out.fundingIndex <== AssertInt(INDEX_BITS())(fields[2]);
    out.maintenanceRate <== AssertUint(MAINTENANCE_BITS())(fields[3]);
    out.initialRate <== AssertUint(RATE_BITS())(fields[4]);
    out.updatedAt <== AssertUint(TIME_BITS())(fields[5]);
    out.breakerUntil <== AssertUint(TIME_BITS())(fields[6]);
    out.variance <== AssertUint(VARIANCE_BITS())(fields[7]);
    out.weight <== AssertUint(WEIGHT_BITS())(fields[8]);
    out.fundingFraction <== AssertUint(FUNDING_FRACTION_BITS())(fields[9]);
    out.anchor <== AssertUint(PRICE_BITS())(fields[10]);
    out.anchorAt <== AssertUint(TIME_BITS())(fields[11]);
    out.breakerLevel <== AssertUint(BREAKER_LEVEL_BITS())(fields[12]);
}
