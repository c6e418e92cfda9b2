pragma circom 2.2.0;

include "./IsNegative.circom";

/**
 * Claim: out = (a < b), for unsigned a, b below 2^n.
 *
 * param  n    bits, 0 .. 251
 * in     a    uint<n>, tagged
 * in     b    uint<n>, tagged
 * out    out  bit
 * cost   n + 1
 * sound  |a - b| < 2^n by the tags, so the sign of the field difference is the sign of the integer difference.
 */
template IsLess(n) {
    signal input {maxbit} a;
    signal input {maxbit} b;
    assert(a.maxbit <= n && b.maxbit <= n);

    signal output out <== IsNegative(n)(a - b);
}
