pragma circom 2.2.0;

include "../lib/AssertInt.circom";
include "../lib/AssertUint.circom";
include "../lib/constants.circom";
include "./MarketState.circom";

/**
 * Claim: the ten fields have the widths of MarketState.
 *
 * in     fields  field, any; in the order of MarketState
 * out    out     MarketState
 * cost   296
 * sound  one range check a field.
 */
template AssertMarketState() {
    signal input fields[10];
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
}
