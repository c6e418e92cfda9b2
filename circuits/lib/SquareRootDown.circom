pragma circom 2.2.0;

include "./AssertSquareRootDown.circom";

/** The integer square root, digit by digit from the top. */
function squareRootDown(value, rootBits) {
    var root = 0;
    for (var i = rootBits - 1; i >= 0; i--) {
        var trial = root + (1 << i);
        if (trial * trial <= value) {
            root = trial;
        }
    }
    return root;
}

/** floor(sqrt(value)). Hint only; see AssertSquareRootDown for the claim, widths, cost and soundness. */
template SquareRootDown(rootBits) {
    signal input value;

    signal root <-- squareRootDown(value, rootBits);
    signal output {maxbit} out <== AssertSquareRootDown(rootBits)(value, root);
}
