pragma circom 2.2.0;

include "./IsLess.circom";
include "./SelectField.circom";

/**
 * Claim: out = max(a, b), for unsigned a, b below 2^n.
 *
 * param  n    bits
 * in     a    uint<n>, tagged
 * in     b    uint<n>, tagged
 * out    out  uint<n>, tagged
 * cost   n + 2
 * sound  IsLess decides, SelectField picks.
 */
template Max(n) {
    signal input {maxbit} a;
    signal input {maxbit} b;

    signal less <== IsLess(n)(a, b);
    signal output {maxbit} out;
    out.maxbit = n;
    out <== SelectField()(less, b, a);
}
