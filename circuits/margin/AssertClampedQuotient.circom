pragma circom 2.2.0;

include "../lib/AssertUint.circom";

/**
 * Claim: quotient = clamp(floor(numerator / divisor), -2^q, 2^q).
 *
 * param  numeratorBits  |numerator| < 2^numeratorBits, by the caller
 * param  divisorBits    1 <= divisor < 2^divisorBits, by the caller
 * param  q              bits of the clamp; q + divisorBits <= 250
 * in     numerator      int<numeratorBits>
 * in     divisor        uint<divisorBits>
 * in     quotient       hint, untrusted
 * in     isAbove        hint, untrusted: floor >= 2^q
 * in     isBelow        hint, untrusted: floor < -2^q
 * out    out            |out| <= 2^q
 * cost   numeratorBits + divisorBits + q + 8
 *
 * sound  With remainder = numerator - quotient * divisor (q + divisorBits bits, nothing wraps):
 *        neither flag: quotient is in [-2^q, 2^q) and 0 <= remainder < divisor, so it is the floor;
 *        isAbove:      quotient = 2^q and remainder >= 0, so floor >= 2^q;
 *        isBelow:      quotient = -2^q and remainder < 0, so floor < -2^q.
 *        The three cases exclude each other, so flags and quotient are unique. When isAbove, 0 <= remainder <= numerator; when
 *        isBelow, 0 < -remainder <= -numerator; else remainder < divisor: each fits in max(numeratorBits, divisorBits) bits.
 */
template AssertClampedQuotient(numeratorBits, divisorBits, q) {
    signal input numerator;
    signal input divisor;
    signal input quotient;
    signal input isAbove;
    signal input isBelow;
    assert(numeratorBits >= divisorBits && numeratorBits <= 250 && q + divisorBits <= 250);

    isAbove * (1 - isAbove) === 0;
    isBelow * (1 - isBelow) === 0;
    isAbove * isBelow === 0;
    (isAbove + isBelow) * (quotient - (1 << q) * (isAbove - isBelow)) === 0;
    _ <== AssertUint(q + 1)(quotient + (1 << q) - isAbove);

    signal product <== quotient * divisor; // q + divisorBits
    signal remainder <== numerator - product;
    signal distance <== remainder - isBelow * (2 * remainder + 1); // isBelow ? -remainder - 1 : remainder
    _ <== AssertUint(numeratorBits)(distance);
    signal room <== (1 - isAbove - isBelow) * (divisor - 1 - remainder);
    _ <== AssertUint(divisorBits)(room);
    signal output out <== quotient;
}
