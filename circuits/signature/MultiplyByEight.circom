pragma circom 2.2.0;

include "circomlib/circuits/babyjub.circom";

/**
 * Claim: (outX, outY) = 8 * (x, y), for a point of the curve.
 *
 * in     x     field; (x, y) is on the curve, by the caller
 * in     y     field
 * out    outX  field
 * out    outY  field
 * cost   18
 * sound  three complete Edwards additions of a point to itself: no exceptional case (a is a square, d is not).
 */
template MultiplyByEight() {
    signal input x;
    signal input y;

    component doubling[3];
    for (var i = 0; i < 3; i++) {
        doubling[i] = BabyDbl();
        doubling[i].x <== i == 0 ? x : doubling[i - 1].xout;
        doubling[i].y <== i == 0 ? y : doubling[i - 1].yout;
    }
    signal output outX <== doubling[2].xout;
    signal output outY <== doubling[2].yout;
}
