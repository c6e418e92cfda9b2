pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";

/**
 * Claim: |size| < 2^n; isShort = (size < 0); isFlat = (size = 0); absolute = |size|; isLarge = (|size| >= 2^(n-1)).
 *
 * param  n         bits of the magnitude, 1 .. 64
 * in     size      field, lots
 * in     isShort   hint, untrusted
 * out    absolute  uint<n>, lots
 * out    isFlat    bit
 * out    isLarge   bit
 * cost   n + 5
 * sound  With a boolean isShort, absolute is size or -size; having n digits it is below 2^n, so size is in (-2^n, 2^n) and, since
 *        2^n < r / 2, its sign is isShort unless it is zero; for zero the last line forbids isShort = 1.
 */
template AssertSignedSize(n) {
    signal input size;
    signal input isShort;
    assert(n >= 1 && n <= 64);

    isShort * (1 - isShort) === 0;
    signal output absolute <== size * (1 - 2 * isShort);
    component digits = Num2Bits(n);
    digits.in <== absolute;
    for (var i = 0; i < n - 1; i++) {
        _ <== digits.out[i];
    }
    signal output isLarge <== digits.out[n - 1];
    signal output isFlat <== IsZero()(size);
    isFlat * isShort === 0;
}
