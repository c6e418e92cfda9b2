pragma circom 2.2.0;

include "./AssertUint.circom";

/**
 * Claim: quotient = floor(numerator / 2^shift) with a signed numerator, -2^quotientBits <= quotient < 2^quotientBits.
 *
 * param  quotientBits  bits of the magnitude of the quotient
 * param  shift         bits of the divisor; quotientBits + shift <= 250
 * in     numerator     field, signed
 * in     quotient      field, signed; hint, untrusted
 * out    out           signed field, in [-2^quotientBits, 2^quotientBits)
 * out    remainder     uint<shift>, tagged: numerator - quotient * 2^shift
 * cost   quotientBits + 1 + shift
 * sound  as AssertFloorShift, the upper digit with an offset.
 */
template AssertFloorShiftInt(quotientBits, shift) {
    signal input numerator;
    signal input quotient;
    assert(quotientBits + shift <= 250);

    _ <== AssertUint(quotientBits + 1)(quotient + (1 << quotientBits));
    signal output out <== quotient;
    signal output {maxbit} remainder <== AssertUint(shift)(numerator - quotient * (1 << shift));
}
