pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/constants.circom";

/**
 * Claim: out = ((x, y) satisfies a*x^2 + y^2 = 1 + d*x^2*y^2, the equation of BabyJubjub).
 *
 * in     x    field, any
 * in     y    field, any
 * out    out  bit
 * cost   5
 * sound  IsZero of the equation's two sides' difference.
 */
template IsOnCurve() {
    signal input x;
    signal input y;

    signal xSquared <== x * x;
    signal ySquared <== y * y;
    signal product <== xSquared * ySquared;
    signal output out <== IsZero()(JUBJUB_A() * xSquared + ySquared - 1 - JUBJUB_D() * product);
}
