pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: out = the account meets the initial margin: equity at the worse of mark and median, times 2^40, is at least the sum of
 * |size| * price * (initialRate * 2^20 + |size| * sizeSlope + openInterest * openInterestSlope), exactly; and equity is at least
 * minimumMargin unless there is no position; and no position is in a stale market.
 *
 * param  markets        1 .. 4
 * in     quote          int<70>, quote units
 * in     size           int<41>, lots
 * in     exposure       Exposure of the same account
 * in     openInterest   int<45>, lots, after the operation
 * in     market         Market
 * in     isStale        bit per market
 * in     minimumMargin  uint<62>, quote units
 * out    out            bit
 * cost   219 + 8 per market
 * sound  budgets: size 41 + price less index 28 = 69 bits, equity 72; notional 41 + 27 = 68, rate 70, charge 138, slack 141.
 */
template InitialCheck(markets) {
    signal input quote;
    signal input size[markets];
    Exposure(markets) input exposure;
    signal input openInterest[markets];
    Market() input market[markets];
    signal input isStale[markets];
    signal input minimumMargin;

    signal worth[markets];
    signal value[markets];
    signal price[markets];
    signal notional[markets];
    signal sizeRate[markets];
    signal openInterestRate[markets];
    signal charge[markets];
    signal isStuck[markets];
    var equity = quote;
    var charges = 0;
    var stuck = 0;
    for (var m = 0; m < markets; m++) {
        worth[m] <== market[m].low - market[m].indexLong
            + exposure.isShort[m] * (market[m].high - market[m].indexShort - market[m].low + market[m].indexLong);
        value[m] <== size[m] * worth[m]; // 41 + 28 bits
        equity += value[m];
        price[m] <== market[m].low + exposure.isShort[m] * (market[m].high - market[m].low);
        notional[m] <== exposure.absolute[m] * price[m]; // 41 + 27 bits
        sizeRate[m] <== exposure.absolute[m] * market[m].sizeSlope; // 41 + 24 bits
        openInterestRate[m] <== openInterest[m] * market[m].openInterestSlope; // 45 + 24 bits
        charge[m] <== notional[m] * (market[m].initialRate * RATE_ONE() + sizeRate[m] + openInterestRate[m]); // 68 + 70 bits
        charges += charge[m];
        isStuck[m] <== (1 - exposure.isFlat[m]) * isStale[m];
        stuck += isStuck[m];
    }

    signal isShortOfMargin <== IsNegative(CANDIDATE_SLACK_BITS())(equity * RATE_ONE() * RATE_ONE() - charges);
    signal isSmall <== IsNegative(CANDIDATE_HEALTH_BITS() + 1)(equity - minimumMargin);
    signal isTooSmall <== isSmall * (1 - exposure.isEmpty);
    signal output out <== IsZero()(isShortOfMargin + isTooSmall + stuck);
}
