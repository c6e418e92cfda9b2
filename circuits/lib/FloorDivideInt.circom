pragma circom 2.2.0;

include "./AssertFloorDivideInt.circom";

/** floor(numerator / divisor), signed. Hint only; see AssertFloorDivideInt for the claim, widths, cost and soundness. */
template FloorDivideInt(quotientBits, divisorBits) {
    signal input numerator;
    signal input {maxbit} divisor;

    // the offset makes the dividend non-negative, so that the unsigned division is the floor
    var raised = numerator + divisor * (1 << quotientBits);
    signal quotient <-- divisor != 0 ? (raised \ divisor) - (1 << quotientBits) : 0;
    signal output out <== AssertFloorDivideInt(quotientBits, divisorBits)(numerator, divisor, quotient);
}
