pragma circom 2.2.0;

include "../lib/Clamp.circom";
include "../lib/constants.circom";
include "./Median.circom";

/**
 * Claim: out = clamp(median of the present rates nearest to 0, -fundingCap, fundingCap).
 *
 * param  n           reports
 * in     rates       uint<21>, tagged: 2^-20 per 2^16 seconds with 2^20 added
 * in     present     bits: the caller has constrained them to 0 or 1
 * in     fundingCap  uint<20>  2^-20 per 2^16 seconds, tagged
 * out    out         int<20>  2^-20 per 2^16 seconds, tagged: longs pay shorts when positive
 * cost   26 * n + 103
 * sound  the offset 2^20 keeps the order; the anchor 2^20 is the rate 0. |rate| <= 2^20 and cap < 2^20: differences
 *        below 2^22; the clamp ends within (-2^20, 2^20).
 */
template FundingRate(n) {
    signal input {maxbit} rates[n];
    signal input present[n];
    signal input {maxbit} fundingCap;
    assert(fundingCap.maxbit <= RATE_BITS());

    signal {maxbit} anchor;
    anchor.maxbit = 21;
    anchor <== RATE_ONE();
    signal median <== Median(n, 21)(rates, present, anchor);
    signal output {maxabs} out;
    out.maxabs = RATE_BITS();
    out <== Clamp(22)(median - RATE_ONE(), -fundingCap, fundingCap);
}
