pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";

/**
 * Claim: out = (in < 0), and -2^n <= in < 2^n. It is a range check of its own input: out of range is unprovable.
 *
 * param  n    bits of the magnitude, 0 .. 251
 * in     in   field, any
 * out    out  bit
 * cost   n + 1
 * sound  in + 2^n has n + 1 binary digits, unique since 2^(n+1) < r; the top one says in >= 0.
 */
template IsNegative(n) {
    signal input in;
    assert(n <= 251);

    component digits = Num2Bits(n + 1);
    digits.in <== in + (1 << n);
    for (var i = 0; i < n; i++) {
        _ <== digits.out[i];
    }
    signal output out <== 1 - digits.out[n];
}
