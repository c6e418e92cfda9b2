pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/constants.circom";

/**
 * Claim: word = variance + weight * 2^32 + fundingFraction * 2^60 with 32, 28 and 36 bits; a batch needs the weight alone.
 *
 * in     word    field
 * out    weight  uint<28>, ticks
 * cost   96
 * sound  96 digits of a field element are unique.
 */
template UnpackRiskWord() {
    signal input word;

    var size = VARIANCE_BITS() + WEIGHT_BITS() + FUNDING_FRACTION_BITS();
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
}
