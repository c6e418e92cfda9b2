pragma circom 2.2.0;

include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: (outX, outY) = bit ? (x, y) : Base8. It keeps the curve arithmetic behind it total.
 *
 * in     bit   0 or 1: the caller has constrained it
 * in     x     field
 * in     y     field
 * out    outX  field
 * out    outY  field
 * cost   2
 * sound  two selections by one boolean.
 */
template SelectPoint() {
    signal input bit;
    signal input x;
    signal input y;

    signal output outX <== SelectField()(bit, x, BASE8_X());
    signal output outY <== SelectField()(bit, y, BASE8_Y());
}
