pragma circom 2.2.0;

include "./IsLess.circom";
include "./SelectField.circom";

/**
 * Claim: out = min(a, b), for unsigned a, b below 2^n.
 *
 * param  n    bits
 * in     a    uint<n>, tagged
 * in     b    uint<n>, tagged
 * out    out  uint, tagged with the smaller width of the two
 * cost   n + 2
 * sound  IsLess decides, SelectField picks; the minimum fits both widths.
 */
template Min(n) {
    signal input {maxbit} a;
    signal input {maxbit} b;

    signal less <== IsLess(n)(a, b);
    signal output {maxbit} out;
    out.maxbit = a.maxbit < b.maxbit ? a.maxbit : b.maxbit;
    out <== SelectField()(less, a, b);
}
