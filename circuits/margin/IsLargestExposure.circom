pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: out = no market has a larger exposure than the named one: |size| * mark of the account, or openInterest * mark when it has no
 * position in any market.
 *
 * param  markets       1 .. 4
 * in     selector      bits, at most one set: the named market
 * in     exposure      Exposure of the account, before: |size| < 2^40
 * in     openInterest  uint<44>, lots
 * in     market        Market
 * out    out           bit
 * cost   2 + 75 per market
 * sound  44 + 27 bits a product, so every difference lies in (-2^71, 2^71); larger ones are counted.
 */
template IsLargestExposure(markets) {
    signal input selector[markets];
    Exposure(markets) input exposure;
    signal input openInterest[markets];
    Market() input market[markets];

    signal lots[markets];
    signal notional[markets];
    signal part[markets];
    var named = 0;
    for (var m = 0; m < markets; m++) {
        lots[m] <== exposure.absolute[m] + exposure.isEmpty * openInterest[m]; // an empty account has no size
        notional[m] <== lots[m] * market[m].mark; // 44 + 27 bits
        part[m] <== selector[m] * notional[m];
        named += part[m];
    }
    signal isLarger[markets];
    var larger = 0;
    for (var m = 0; m < markets; m++) {
        isLarger[m] <== IsNegative(NOTIONAL_BITS())(named - notional[m]);
        larger += isLarger[m];
    }
    signal output out <== IsZero()(larger);
}
