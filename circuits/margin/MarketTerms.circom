pragma circom 2.2.0;

include "../lib/Min.circom";
include "../lib/MulRateDown.circom";
include "../lib/MulRateUp.circom";
include "../lib/constants.circom";
include "./buses.circom";
include "./UnpackPriceWord.circom";
include "./UnpackRiskWord.circom";

/**
 * Claim: market is what the oracle words and the parameters mean for a batch, as long as the loss indices are zero.
 *
 * in     priceWord          field  opened from the oracle root
 * in     riskWord           field  opened from the oracle root
 * in     staleSec           uint<20>, seconds
 * in     parameters         sizeSlope, openInterestSlope uint<24>; bandRate, discountRate, penaltyRate uint<19>
 * out    market             Market
 * cost   588
 * sound  every quotient is unique (MulRate), every comparison carries its range. |kappa| < 2^28: the mark is below 2^27,
 *        marginTicks at most 2^26 (a maintenance rate has 19 digits), the index at most 2^25, and a loss
 *        index as much.
 */
template MarketTerms() {
    signal input priceWord;
    signal input riskWord;
    signal input staleSec;
    signal input parameters[5];

    component price = UnpackPriceWord();
    price.word <== priceWord;
    Market() output market;
    market.mark <== price.mark;
    market.low <== Min(PRICE_BITS())(price.mark, price.median);
    market.high <== price.mark + price.median - market.low;
    market.indexLong <== price.fundingIndex;
    market.indexShort <== price.fundingIndex;
    market.marginTicks <== MulRateUp()(price.mark, price.maintenanceRate);
    market.kappaLong <== market.mark - market.marginTicks - market.indexLong;
    market.kappaShort <== market.mark + market.marginTicks - market.indexShort;
    market.initialRate <== price.initialRate;
    market.sizeSlope <== parameters[0];
    market.openInterestSlope <== parameters[1];
    market.weight <== UnpackRiskWord()(riskWord);

    signal {maxbit} rates[3];
    rates.maxbit = MAINTENANCE_BITS(); // MarginParameters checks it
    for (var k = 0; k < 3; k++) {
        rates[k] <== parameters[2 + k];
    }
    market.band <== MulRateDown()(price.mark, rates[0]);
    market.discount <== MulRateDown()(price.mark, rates[1]);
    market.penalty <== MulRateDown()(price.mark, rates[2]);

    market.freshUntil <== price.updatedAt + staleSec;
    market.breakerUntil <== price.breakerUntil;
}
