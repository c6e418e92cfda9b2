pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: out = the position became smaller and did not change sides.
 *
 * in     before  Position, |size| < 2^40
 * in     after   Position, |size| < 2^41
 * out    out     bit
 * cost   45
 * sound  sizes of opposite sides have different sign bits; a flat position has none.
 */
template ReducesPosition() {
    Position() input before;
    Position() input after;

    signal isSmaller <== IsNegative(CANDIDATE_SIZE_BITS())(after.absolute - before.absolute);
    signal bothShort <== before.isShort * after.isShort;
    signal crosses <== (before.isShort + after.isShort - 2 * bothShort) * (1 - after.isFlat);
    signal output out <== isSmaller * (1 - crosses);
}
