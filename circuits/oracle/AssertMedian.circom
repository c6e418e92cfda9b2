pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/AssertUint.circom";
include "../lib/IsLess.circom";

/**
 * Claim: out is the point nearest to anchor of the median interval of the values that are present; the anchor itself
 * if none is. (Median interval: from sorted[(c-1) >> 1] to sorted[c >> 1], where c values are present.)
 *
 * param  n        values, 1 .. 16
 * param  bits     bits of a value
 * in     values   uint<bits>, tagged
 * in     present  bits: the caller has constrained them to 0 or 1
 * in     anchor   uint<bits>, tagged
 * in     median   field; hint, untrusted
 * out    out      uint<bits>, tagged
 * cost   (bits + 5) * n + 2 * bits + 13
 * sound  With less (greater) the number present below (above) the median, 2 * less <= c and 2 * greater <= c say
 *        that it is in the interval. Above the anchor it must be the interval's lower end: 2 * less < c. Below, the
 *        upper end: 2 * greater < c. Without any value c = 0, so neither is possible. One point satisfies all four.
 */
template AssertMedian(n, bits) {
    signal input {maxbit} values[n];
    signal input present[n];
    signal input {maxbit} anchor;
    signal input median;
    assert(n >= 1 && n <= 16);
    assert(values.maxbit <= bits && anchor.maxbit <= bits);
    signal output {maxbit} out <== AssertUint(bits)(median);

    signal below[n];
    signal equal[n];
    signal presentBelow[n];
    signal presentEqual[n];
    var count = 0;
    var less = 0;
    var same = 0;
    for (var i = 0; i < n; i++) {
        below[i] <== IsLess(bits)(values[i], out);
        equal[i] <== IsEqual()([values[i], out]);
        presentBelow[i] <== present[i] * below[i];
        presentEqual[i] <== present[i] * equal[i];
        count += present[i];
        less += presentBelow[i];
        same += presentEqual[i];
    }
    var greater = count - less - same;

    signal aboveAnchor <== IsLess(bits)(anchor, out);
    signal atAnchor <== IsEqual()([anchor, out]);
    var belowAnchor = 1 - aboveAnchor - atAnchor;
    _ <== AssertUint(5)(count - 2 * less - aboveAnchor); // in [-33, 16]
    _ <== AssertUint(5)(count - 2 * greater - belowAnchor); // in [-33, 16]
}
