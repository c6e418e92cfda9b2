pragma circom 2.2.0;

include "./AssertFloorShiftInt.circom";

/** floor(numerator / 2^shift), signed. Hint only; see AssertFloorShiftInt for the claim, widths, cost and soundness. */
template FloorShiftInt(quotientBits, shift) {
    signal input numerator;

    // the offset makes the dividend non-negative, so that the unsigned shift is the floor
    signal quotient <-- ((numerator + (1 << (quotientBits + shift))) >> shift) - (1 << quotientBits);
    component check = AssertFloorShiftInt(quotientBits, shift);
    check.numerator <== numerator;
    check.quotient <== quotient;
    signal output out <== check.out;
    signal output {maxbit} remainder <== check.remainder;
}
