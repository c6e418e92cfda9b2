pragma circom 2.2.0;

include "../lib/FloorShiftInt.circom";
include "../lib/IsNegative.circom";
include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: the funding index, in ticks with 36 fractional bits, grows by rate * mark * elapsed; if its whole part would
 * leave (-2^25, 2^25), it stays as it was, fraction and all.
 *
 * in     index         int<25>   ticks, tagged: whole part, rounded down
 * in     fraction      uint<36>  2^-36 ticks, tagged
 * in     rate          int<20>   2^-20 per 2^16 seconds, tagged
 * in     mark          uint<27>  ticks, tagged: the new mark
 * in     elapsed       uint<16>  seconds, tagged: those in which the breaker was not set
 * out    outIndex      int<25>   ticks, tagged
 * out    outFraction   uint<36>  2^-36 ticks, tagged
 * cost   129
 * sound  |index * 2^36 + fraction| < 2^61 + 2^36 and |rate * mark * elapsed| < 2^63: the sum is below 2^64 = 2^(28+36).
 */
template NextFunding() {
    signal input {maxabs} index;
    signal input {maxbit} fraction;
    signal input {maxabs} rate;
    signal input {maxbit} mark;
    signal input {maxbit} elapsed;
    assert(index.maxabs <= INDEX_BITS() && fraction.maxbit <= FUNDING_FRACTION_BITS());
    assert(rate.maxabs <= RATE_BITS() && mark.maxbit <= PRICE_BITS() && elapsed.maxbit <= ELAPSED_BITS());

    signal perSecond <== rate * mark; // 47 bits and a sign
    signal growth <== perSecond * elapsed; // 63 bits and a sign
    component split = FloorShiftInt(28, FUNDING_FRACTION_BITS());
    split.numerator <== index * (1 << FUNDING_FRACTION_BITS()) + fraction + growth;

    signal tooLow <== IsNegative(29)(split.out + (1 << INDEX_BITS()) - 1);
    signal tooHigh <== IsNegative(29)((1 << INDEX_BITS()) - 1 - split.out);
    signal output {maxabs} outIndex;
    outIndex.maxabs = INDEX_BITS();
    outIndex <== SelectField()(tooLow + tooHigh, index, split.out); // at most one of the two is set
    signal output {maxbit} outFraction;
    outFraction.maxbit = FUNDING_FRACTION_BITS();
    outFraction <== SelectField()(tooLow + tooHigh, fraction, split.remainder);
}
