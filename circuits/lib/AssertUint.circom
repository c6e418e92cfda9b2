pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";

/**
 * Claim: 0 <= in < 2^n.
 *
 * param  n    bits, 0 .. 252
 * in     in   field, any
 * out    out  the same value, tagged maxbit = n
 * cost   n
 * sound  n boolean digits recompose to `in`; 2^n < r, so the digits are unique.
 */
template AssertUint(n) {
    signal input in;
    assert(n <= 252);

    _ <== Num2Bits(n)(in);
    signal output {maxbit} out;
    out.maxbit = n;
    out <== in;
}
