pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";

/**
 * Claim: negative = (in < 0) and fits = (-2^n <= in < 2^n), for an `in` with -2^total <= in < 2^total: out of that range is
 * unprovable, so the caller must show that it cannot occur.
 *
 * param  n         bits of the magnitude that is asked about
 * param  total     bits of the magnitude that the caller guarantees, n < total <= 250
 * in     in        field
 * out    fits      bit
 * out    negative  bit
 * cost   total + 3
 * sound  in + 2^total has total + 1 unique digits; the top one is the sign. Of the digits n .. total - 1 a fitting positive
 *        number has all zero and a fitting negative number all one, and no other number has.
 */
template IsWithin(n, total) {
    signal input in;
    assert(n < total && total <= 250);

    component digits = Num2Bits(total + 1);
    digits.in <== in + (1 << total);
    signal output negative <== 1 - digits.out[total];

    var ones = 0;
    for (var i = 0; i < n; i++) {
        _ <== digits.out[i];
    }
    for (var i = n; i < total; i++) {
        ones += digits.out[i];
    }
    signal output fits <== IsZero()(ones - (total - n) * negative);
}
