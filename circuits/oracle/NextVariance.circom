pragma circom 2.2.0;

include "../lib/FloorDivide.circom";
include "../lib/Min.circom";
include "../lib/constants.circom";

/**
 * Claim: out = min(2^32 - 1, floor((timeConstant * variance * mark^2 + move^2 * 2^40) / ((timeConstant + elapsed) *
 * mark^2))): the variance per second, exponentially weighted, with the return that the mark really made. A print
 * beyond the reach therefore cannot widen the band.
 *
 * in     variance         uint<32>  2^-40 per second, tagged
 * in     timeConstantSec  uint<16>  seconds, tagged, at least 1
 * in     elapsed          uint<16>  seconds, tagged
 * in     move             uint<27>  ticks, tagged; not beyond Reach
 * in     markSquared      uint<54>  ticks squared of the old mark, tagged, at least 1
 * out    out              uint<32>  2^-40 per second, tagged
 * cost   273
 * sound  numerator <= 2^102 + 2^94, divisor < 2^71. The quotient is at most variance + max(2^40, k^2 * variance *
 *        elapsed) < 2^32 + 2^60 because move <= reach; 62 + 71 = 133 bits.
 */
template NextVariance() {
    signal input {maxbit} variance;
    signal input {maxbit} timeConstantSec;
    signal input {maxbit} elapsed;
    signal input {maxbit} move;
    signal input {maxbit} markSquared;
    assert(variance.maxbit <= VARIANCE_BITS() && timeConstantSec.maxbit <= 16 && elapsed.maxbit <= ELAPSED_BITS());
    assert(move.maxbit <= PRICE_BITS() && markSquared.maxbit <= 2 * PRICE_BITS());

    signal decayed <== timeConstantSec * variance; // 48 bits
    signal inTicks <== decayed * markSquared; // 102 bits
    signal moveSquared <== move * move; // 54 bits
    signal {maxbit} divisor;
    divisor.maxbit = 71;
    divisor <== (timeConstantSec + elapsed) * markSquared; // 17 + 54 bits
    signal {maxbit} quotient <== FloorDivide(62, 71)(inTicks + moveSquared * (1 << VARIANCE_SCALE_BITS()), divisor);

    signal {maxbit} largest;
    largest.maxbit = VARIANCE_BITS();
    largest <== (1 << VARIANCE_BITS()) - 1;
    signal output {maxbit} out <== Min(62)(quotient, largest);
}
