pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";

/**
 * Claim: -2^n < in < 2^n (a negative x is the field element r - |x|).
 *
 * param  n    bits of the magnitude, 1 .. 251
 * in     in   field, any
 * out    out  the same value, tagged maxabs = n
 * cost   n + 2
 * sound  in + 2^n has n + 1 binary digits, hence in is in [-2^n, 2^n); having an inverse, in + 2^n is not zero.
 */
template AssertInt(n) {
    signal input in;
    assert(n >= 1 && n <= 251);

    signal offset <== in + (1 << n);
    _ <== Num2Bits(n + 1)(offset);
    signal inverse <-- offset != 0 ? 1 / offset : 0; // hint; the next line is all that is asked of it
    inverse * offset === 1;

    signal output {maxabs} out;
    out.maxabs = n;
    out <== in;
}
