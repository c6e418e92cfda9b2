pragma circom 2.2.0;

include "../lib/IsLess.circom";
include "../lib/MulRateDown.circom";
include "../lib/constants.circom";

/**
 * Claim: out = (|median - anchor| > floor(anchor * anchorRate / RATE_ONE)): the price has walked too far from where it
 * was some time ago, though perhaps no single round showed it.
 *
 * in     anchor      uint<27>  ticks, tagged
 * in     median      uint<27>  ticks, tagged
 * in     anchorRate  uint<20>  fraction of RATE_ONE, tagged
 * out    out         bit
 * cost   105
 * sound  |median - anchor| < 2^27 by the tags; the limit is unique (MulRateDown).
 */
template HasStrayed() {
    signal input {maxbit} anchor;
    signal input {maxbit} median;
    signal input {maxbit} anchorRate;
    assert(anchor.maxbit <= PRICE_BITS() && median.maxbit <= PRICE_BITS());

    signal below <== IsLess(PRICE_BITS())(median, anchor);
    signal {maxbit} distance;
    distance.maxbit = PRICE_BITS();
    distance <== (1 - 2 * below) * (median - anchor);
    signal {maxbit} limit <== MulRateDown()(anchor, anchorRate);
    signal output out <== IsLess(PRICE_BITS())(limit, distance);
}
