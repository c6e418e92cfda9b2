pragma circom 2.2.0;

include "./AssertUint.circom";

/**
 * Claim: quotient = floor(numerator / divisor), divisor >= 1, 0 <= quotient < 2^quotientBits.
 *
 * param  quotientBits  bits of the quotient
 * param  divisorBits   bits of the divisor; quotientBits + divisorBits <= 252
 * in     numerator     field
 * in     divisor       uint<divisorBits>, tagged
 * in     quotient      field; hint, untrusted
 * out    out           uint<quotientBits>, tagged
 * cost   quotientBits + 2 * divisorBits + 1
 * sound  remainder and divisor - 1 - remainder are both in [0, 2^divisorBits), so 0 <= remainder < divisor (and
 *        divisor is not zero). quotient * divisor + remainder < 2^(quotientBits + divisorBits) <= 2^252 < r, so the
 *        numerator is that integer, and (quotient, remainder) is the only pair that makes it. A numerator that is no
 *        such integer (negative, or quotient too wide) is unprovable.
 */
template AssertFloorDivide(quotientBits, divisorBits) {
    signal input numerator;
    signal input {maxbit} divisor;
    signal input quotient;
    assert(divisor.maxbit <= divisorBits);
    assert(quotientBits + divisorBits <= 252);

    signal remainder <== numerator - quotient * divisor; // <= quotientBits + divisorBits bits
    _ <== AssertUint(divisorBits)(remainder);
    _ <== AssertUint(divisorBits)(divisor - 1 - remainder);
    signal output {maxbit} out <== AssertUint(quotientBits)(quotient);
}
