pragma circom 2.2.0;

include "./AssertSignedSize.circom";

/** Sign and magnitude of a size. Hint only; see AssertSignedSize for the claim, widths, cost and soundness. */
template SignedSize(n) {
    signal input size;

    signal sign <-- size < 0 ? 1 : 0; // circom compares field elements as signed numbers
    signal output isShort <== sign;
    signal output absolute;
    signal output isFlat;
    signal output isLarge;
    (absolute, isLarge, isFlat) <== AssertSignedSize(n)(size, sign);
}
