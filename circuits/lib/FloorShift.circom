pragma circom 2.2.0;

include "./AssertFloorShift.circom";

/** floor(numerator / 2^shift), unsigned. Hint only; see AssertFloorShift for the claim, widths, cost and soundness. */
template FloorShift(quotientBits, shift) {
    signal input numerator;

    signal quotient <-- numerator >> shift;
    component check = AssertFloorShift(quotientBits, shift);
    check.numerator <== numerator;
    check.quotient <== quotient;
    signal output {maxbit} out <== check.out;
    signal output {maxbit} remainder <== check.remainder;
}
