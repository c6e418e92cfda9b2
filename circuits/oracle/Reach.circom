pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/FloorShift.circom";
include "../lib/SquareRootDown.circom";
include "../lib/constants.circom";

/**
 * Claim: out = max(1, floor(sqrt(floor(deviationSquared * variance * elapsed * markSquared / 2^40)))): how far the
 * mark may move in this round, k standard deviations over the elapsed time, rounded down.
 *
 * in     deviationSquared  uint<12>, tagged
 * in     variance          uint<32>  2^-40 per second, tagged; not below its floor
 * in     elapsed           uint<16>  seconds, tagged
 * in     markSquared       uint<54>  ticks squared, tagged
 * out    out               uint<37>  ticks, tagged, at least 1
 * cost   233
 * sound  the widest product has 114 bits; 114 - 40 = 74 bits have a root of 37. The floor of the root of the floor is
 *        the floor of the root.
 */
template Reach() {
    signal input {maxbit} deviationSquared;
    signal input {maxbit} variance;
    signal input {maxbit} elapsed;
    signal input {maxbit} markSquared;
    assert(deviationSquared.maxbit <= 12 && variance.maxbit <= VARIANCE_BITS());
    assert(elapsed.maxbit <= ELAPSED_BITS() && markSquared.maxbit <= 2 * PRICE_BITS());

    signal perSecond <== deviationSquared * variance; // 44 bits
    signal overElapsed <== perSecond * elapsed; // 60 bits
    component inTicks = FloorShift(74, VARIANCE_SCALE_BITS());
    inTicks.numerator <== overElapsed * markSquared; // 114 bits
    _ <== inTicks.remainder;

    signal root <== SquareRootDown(37)(inTicks.out);
    signal still <== IsZero()(root);
    signal output {maxbit} out;
    out.maxbit = 37;
    out <== root + still; // a root of 0 becomes 1; no other changes
}
