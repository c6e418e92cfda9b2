pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "./AssertClampedQuotient.circom";
include "./widths.circom";

/**
 * Claim: rise = clamp(ceil(deficit / max(1, lots)), 0, 2^26), what every lot must pay; hasDeficit = (deficit > 0); hasLots = (lots > 0).
 *
 * in     deficit     int<70>, quote units, of any sign
 * in     lots        uint<45>, lots, zero allowed
 * in     quotient    hint, untrusted: floor(-deficit / max(1, lots)), cut to [-2^26, 2^26]
 * in     isAbove     hint, untrusted, as isBelow: on which side it was cut
 * in     isBelow     hint, untrusted
 * out    rise        uint<26> or 2^26, ticks
 * out    hasDeficit  bit
 * out    hasLots     bit
 * cost   180
 * sound  ceil(x) = -floor(-x), and AssertClampedQuotient forces the floor: quotient * divisor has 26 + 45 bits. The divisor is never
 *        zero, so there is a witness for every deficit and every number of lots. With a divisor of at least 1 the floor is negative
 *        iff the deficit is positive: the sign of 27 bits stands for the one of 70. A rise of 2^26 leaves no loss index in range.
 */
template AssertLossRise() {
    signal input deficit;
    signal input lots;
    signal input quotient;
    signal input isAbove;
    signal input isBelow;

    signal isDeserted <== IsZero()(lots);
    signal floored <== AssertClampedQuotient(SHORTFALL_BITS(), CHARGED_LOTS_BITS(), RISE_BITS())(
        -deficit, lots + isDeserted, quotient, isAbove, isBelow
    );
    signal isNegative <== IsNegative(RISE_BITS() + 1)(floored); // |floored| <= 2^26
    signal output rise <== -floored * isNegative;
    signal output hasDeficit <== isNegative;
    signal output hasLots <== 1 - isDeserted;
}
