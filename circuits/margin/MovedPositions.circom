pragma circom 2.2.0;

include "../lib/constants.circom";
include "./ChoosePosition.circom";
include "./MovedSizes.circom";
include "./PositionExposure.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: what both accounts hold before the operation and would be left with after it, in every market and in the chosen one.
 *
 * param  markets            1 .. 4
 * param  depth              levels of the tree
 * in     decoded            Decoded
 * in     sizeA, sizeB       int<40>, lots, before
 * in     openInterest       uint<44>, lots, before
 * in     market             Market
 * out    heldA, heldB       Exposure, before
 * out    leftA, leftB       Exposure, after
 * out    beforeA, beforeB   Position, before
 * out    afterA, afterB     Position, after
 * out    traded             int<40>, lots that go from A to B in the chosen market
 * out    moved              int<40>, lots that go from A to B in each
 * out    sizeAfterA         int<41>, lots, as the next
 * out    sizeAfterB         int<41>, lots
 * out    isLegalA           bit: every |size| of A stays below 2^40; the next of B
 * out    isLegalB           bit
 * out    openInterestAfter  int<45>, lots
 * out    netting            int<70>, quote units: sum of (indexLong - indexShort) * change of open interest
 * cost   4 PositionExposure + 4 ChoosePosition + MovedSizes + 1 per market
 * sound  MovedSizes keeps the sum of sizes; long sizes of both accounts are all that changes of open interest; a product has 26 + 42 bits.
 */
template MovedPositions(markets, depth) {
    Decoded(markets, depth) input decoded;
    signal input sizeA[markets];
    signal input sizeB[markets];
    signal input openInterest[markets];
    Market() input market[markets];

    Exposure(markets) output heldA;
    Exposure(markets) output heldB;
    // The bit asks about the halved range; the full one holds in every legal state.
    (heldA, _) <== PositionExposure(markets, SIZE_BITS())(sizeA, market);
    (heldB, _) <== PositionExposure(markets, SIZE_BITS())(sizeB, market);
    Position() output beforeA <== ChoosePosition(markets)(decoded.market, heldA);
    Position() output beforeB <== ChoosePosition(markets)(decoded.market, heldB);

    signal output traded;
    signal output moved[markets];
    (traded, moved) <== MovedSizes(markets, depth)(decoded, sizeA, beforeA.isShort);
    signal output sizeAfterA[markets];
    signal output sizeAfterB[markets];
    for (var m = 0; m < markets; m++) {
        sizeAfterA[m] <== sizeA[m] - moved[m];
        sizeAfterB[m] <== sizeB[m] + moved[m];
    }
    Exposure(markets) output leftA;
    Exposure(markets) output leftB;
    signal output isLegalA;
    signal output isLegalB;
    (leftA, isLegalA) <== PositionExposure(markets, CANDIDATE_SIZE_BITS())(sizeAfterA, market);
    (leftB, isLegalB) <== PositionExposure(markets, CANDIDATE_SIZE_BITS())(sizeAfterB, market);
    Position() output afterA <== ChoosePosition(markets)(decoded.market, leftA);
    Position() output afterB <== ChoosePosition(markets)(decoded.market, leftB);

    signal output openInterestAfter[markets];
    signal netted[markets];
    var sum = 0;
    for (var m = 0; m < markets; m++) {
        openInterestAfter[m] <== openInterest[m] + leftA.long[m] - heldA.long[m] + leftB.long[m] - heldB.long[m];
        netted[m] <== (market[m].indexLong - market[m].indexShort) * (openInterestAfter[m] - openInterest[m]);
        sum += netted[m];
    }
    signal output netting <== sum;
}
