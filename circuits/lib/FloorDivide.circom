pragma circom 2.2.0;

include "./AssertFloorDivide.circom";

/** floor(numerator / divisor), unsigned. Hint only; see AssertFloorDivide for the claim, widths, cost and soundness. */
template FloorDivide(quotientBits, divisorBits) {
    signal input numerator;
    signal input {maxbit} divisor;

    signal quotient <-- divisor != 0 ? numerator \ divisor : 0;
    signal output {maxbit} out <== AssertFloorDivide(quotientBits, divisorBits)(numerator, divisor, quotient);
}
