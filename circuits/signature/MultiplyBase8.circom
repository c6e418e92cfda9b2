pragma circom 2.2.0;

include "circomlib/circuits/babyjub.circom";
include "circomlib/circuits/escalarmulfix.circom";
include "../lib/constants.circom";

/**
 * Claim: (outX, outY) = (sum of digits[i] * 2^i) * Base8, for every one of the 2^252 settings of the digits.
 *
 * in     digits  bits, least significant first: the caller has constrained them to 0 or 1
 * out    outX    field
 * out    outY    field
 * cost   520
 * sound  circomlib's EscalarMulFix(253) puts 249 bits into its first segment, and then is UNPROVABLE for one scalar:
 *        with s its low 249 bits, the last Montgomery addition adds two opposite points when
 *        2^250 + (8^83 - 1)/7 + s = l, and that s is below 2^249. Segments of at most 246 bits have no such scalar:
 *        the accumulator is (2^247 + sum of the windows so far) * Base8 and the window at most 2^246 * Base8, so sum
 *        and difference, as integers, lie strictly between 0 and l. Hence two separate products, 246 and 6 digits,
 *        joined by the complete Edwards addition. See circuits/README.md, "Scalar multiplication".
 */
template MultiplyBase8() {
    signal input digits[252];

    component low = EscalarMulFix(246, [BASE8_X(), BASE8_Y()]);
    for (var i = 0; i < 246; i++) {
        low.e[i] <== digits[i];
    }
    component high = EscalarMulFix(6, [BASE8_SHIFTED_X(), BASE8_SHIFTED_Y()]);
    for (var i = 0; i < 6; i++) {
        high.e[i] <== digits[246 + i];
    }

    component sum = BabyAdd();
    sum.x1 <== low.out[0];
    sum.y1 <== low.out[1];
    sum.x2 <== high.out[0];
    sum.y2 <== high.out[1];
    signal output outX <== sum.xout;
    signal output outY <== sum.yout;
}
