pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/constants.circom";

/**
 * Claim: word = variance + weight * 2^32 + fundingFraction * 2^60 + anchor * 2^96 + anchorAt * 2^123 + breakerLevel * 2^163
 * with 32, 28, 36, 27, 40 and 2 bits; a batch needs the weight alone.
 *
 * in     word    field
 * out    weight  uint<28>, ticks, not 0: the oracle's rounds keep it positive, and certificates rest on it
 * cost   166
 * sound  165 digits of a field element are unique; zero has no inverse.
 */
template UnpackRiskWord() {
    signal input word;

    var size = VARIANCE_BITS() + WEIGHT_BITS() + FUNDING_FRACTION_BITS()
        + PRICE_BITS() + TIME_BITS() + BREAKER_LEVEL_BITS();
    component digits = Num2Bits(size);
    digits.in <== word;
    var weighted = 0;
    for (var i = 0; i < size; i++) {
        if (i >= VARIANCE_BITS() && i < VARIANCE_BITS() + WEIGHT_BITS()) {
            weighted += digits.out[i] * (1 << (i - VARIANCE_BITS()));
        } else {
            _ <== digits.out[i];
        }
    }
    signal output weight <== weighted;
    signal inverse <-- weighted != 0 ? 1 / weighted : 0; // hint; the next line is all that is asked of it
    inverse * weight === 1;
}
