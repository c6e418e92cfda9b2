pragma circom 2.2.0;

include "../lib/constants.circom";
include "./AssertKeyBit.circom";
include "./jubjub.circom";

/** Whether (x, y) is a valid key. Hint only; see AssertKeyBit for the claim, widths, cost and soundness. */
template KeyBit() {
    signal input x;
    signal input y;

    var onCurve = JUBJUB_A() * x * x + y * y == 1 + JUBJUB_D() * x * x * y * y;
    var split[3] = jubjubSplit(onCurve ? x : BASE8_X(), onCurve ? y : BASE8_Y());
    signal eighthX <-- split[0];
    signal eighthY <-- split[1];
    signal torsion[3];
    for (var i = 0; i < 3; i++) {
        torsion[i] <-- (split[2] >> i) & 1;
    }
    signal output valid <== AssertKeyBit()(x, y, eighthX, eighthY, torsion);
}
