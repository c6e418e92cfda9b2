pragma circom 2.2.0;

include "../lib/SelectField.circom";
include "../lib/constants.circom";
include "./AssertMarketWidths.circom";
include "./MarketState.circom";

/**
 * Claim: out = bit ? whenOne : whenZero, field by field.
 *
 * in     bit       0 or 1: the caller has constrained it
 * in     whenOne   MarketState
 * in     whenZero  MarketState
 * out    out       MarketState
 * cost   13
 * sound  every field of either side has the width that the tag of the output says, asserted here.
 */
template SelectMarketState() {
    signal input bit;
    input MarketState() whenOne;
    input MarketState() whenZero;
    output MarketState() out;
    AssertMarketWidths()(whenOne);
    AssertMarketWidths()(whenZero);

    out.mark.maxbit = PRICE_BITS();
    out.median.maxbit = PRICE_BITS();
    out.fundingIndex.maxabs = INDEX_BITS();
    out.maintenanceRate.maxbit = MAINTENANCE_BITS();
    out.initialRate.maxbit = RATE_BITS();
    out.updatedAt.maxbit = TIME_BITS();
    out.breakerUntil.maxbit = TIME_BITS();
    out.variance.maxbit = VARIANCE_BITS();
    out.weight.maxbit = WEIGHT_BITS();
    out.fundingFraction.maxbit = FUNDING_FRACTION_BITS();
    out.anchor.maxbit = PRICE_BITS();
    out.anchorAt.maxbit = TIME_BITS();
    out.breakerLevel.maxbit = BREAKER_LEVEL_BITS();

    out.mark <== SelectField()(bit, whenOne.mark, whenZero.mark);
    out.median <== SelectField()(bit, whenOne.median, whenZero.median);
    out.fundingIndex <== SelectField()(bit, whenOne.fundingIndex, whenZero.fundingIndex);
    out.maintenanceRate <== SelectField()(bit, whenOne.maintenanceRate, whenZero.maintenanceRate);
    out.initialRate <== SelectField()(bit, whenOne.initialRate, whenZero.initialRate);
    out.updatedAt <== SelectField()(bit, whenOne.updatedAt, whenZero.updatedAt);
    out.breakerUntil <== SelectField()(bit, whenOne.breakerUntil, whenZero.breakerUntil);
    out.variance <== SelectField()(bit, whenOne.variance, whenZero.variance);
    out.weight <== SelectField()(bit, whenOne.weight, whenZero.weight);
    out.fundingFraction <== SelectField()(bit, whenOne.fundingFraction, whenZero.fundingFraction);
    out.anchor <== SelectField()(bit, whenOne.anchor, whenZero.anchor);
    out.anchorAt <== SelectField()(bit, whenOne.anchorAt, whenZero.anchorAt);
    out.breakerLevel <== SelectField()(bit, whenOne.breakerLevel, whenZero.breakerLevel);
}
