pragma circom 2.2.0;

include "./AssertUint.circom";

/**
 * Claim: quotient = floor(numerator / 2^shift), 0 <= quotient < 2^quotientBits.
 *
 * param  quotientBits  bits of the quotient
 * param  shift         bits of the divisor; quotientBits + shift <= 252
 * in     numerator     field
 * in     quotient      field; hint, untrusted
 * out    out           uint<quotientBits>, tagged
 * out    remainder     uint<shift>, tagged: numerator mod 2^shift
 * cost   quotientBits + shift
 * sound  the numerator is split into two ranged digits whose weights do not overlap and stay below 2^252 < r.
 */
template AssertFloorShift(quotientBits, shift) {
    signal input numerator;
    signal input quotient;
    assert(quotientBits + shift <= 252);

    signal output {maxbit} out <== AssertUint(quotientBits)(quotient);
    signal output {maxbit} remainder <== AssertUint(shift)(numerator - quotient * (1 << shift));
}
