pragma circom 2.2.0;

include "./AssertUint.circom";

/**
 * Claim: quotient = floor(numerator / divisor) with a signed numerator, divisor >= 1, -2^quotientBits <= quotient
 * < 2^quotientBits. The floor is the mathematical one: floor(-1 / 2) = -1.
 *
 * param  quotientBits  bits of the magnitude of the quotient
 * param  divisorBits   bits of the divisor; quotientBits + divisorBits <= 250
 * in     numerator     field, signed
 * in     divisor       uint<divisorBits>, tagged
 * in     quotient      field, signed; hint, untrusted
 * out    out           signed field, in [-2^quotientBits, 2^quotientBits)
 * cost   quotientBits + 2 * divisorBits + 2
 * sound  as AssertFloorDivide; quotient * divisor + remainder lies in [-2^251, 2^251), an interval shorter than r.
 */
template AssertFloorDivideInt(quotientBits, divisorBits) {
    signal input numerator;
    signal input {maxbit} divisor;
    signal input quotient;
    assert(divisor.maxbit <= divisorBits);
    assert(quotientBits + divisorBits <= 250);

    signal remainder <== numerator - quotient * divisor; // <= quotientBits + divisorBits bits and a sign
    _ <== AssertUint(divisorBits)(remainder);
    _ <== AssertUint(divisorBits)(divisor - 1 - remainder);
    _ <== AssertUint(quotientBits + 1)(quotient + (1 << quotientBits));
    signal output out <== quotient;
}
