pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/FloorShift.circom";
include "../lib/Min.circom";
include "../lib/constants.circom";

/**
 * Claim: out = max(1, floor(mark * min(sigma, 2^20) / 2^20)): the share of an account's slack that one lot of this
 * market gets in its certificate.
 *
 * in     mark   uint<27>  ticks, tagged: the new mark
 * in     sigma  uint<28>  fraction of RATE_ONE, tagged
 * out    out    uint<28>  ticks, tagged, at least 1
 * cost   80
 * sound  27 + 21 bits of product; since the factor is at most 1, the quotient is at most the mark.
 */
template Weight() {
    signal input {maxbit} mark;
    signal input {maxbit} sigma;
    assert(mark.maxbit <= PRICE_BITS() && sigma.maxbit <= 28);

    signal {maxbit} one;
    one.maxbit = RATE_BITS() + 1;
    one <== RATE_ONE();
    signal {maxbit} fraction <== Min(28)(sigma, one);
    component scaled = FloorShift(PRICE_BITS(), RATE_BITS());
    scaled.numerator <== mark * fraction; // at most 2^47
    _ <== scaled.remainder;

    signal none <== IsZero()(scaled.out);
    signal output {maxbit} out;
    out.maxbit = WEIGHT_BITS();
    out <== scaled.out + none; // a weight of 0 becomes 1; no other changes
}
