pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: moved[m] is the size that would go from account A to account B: -size in a trade (A buys), |size| with the sign of A's
 * position in a liquidation, A's whole position in a backstop, 0 otherwise.
 *
 * param  markets    1 .. 4
 * param  depth      levels of the tree
 * in     decoded    Decoded
 * in     sizeA      int<40>, lots, before
 * in     isShortA   bit, A's side in the chosen market
 * out    traded     int<40>, lots, moved in the chosen market by a trade or a liquidation
 * out    moved      int<40>, lots
 * cost   2 + 2 per market
 * sound  what A loses B gains, so the sizes of a market keep their sum whatever the operation says.
 */
template MovedSizes(markets, depth) {
    Decoded(markets, depth) input decoded;
    signal input sizeA[markets];
    signal input isShortA;

    signal side <== decoded.isLiquidate * (1 - 2 * isShortA);
    signal output traded <== decoded.size * (side - decoded.isTrade);

    signal output moved[markets];
    signal swept[markets];
    for (var m = 0; m < markets; m++) {
        swept[m] <== decoded.isBackstop * sizeA[m];
        moved[m] <== decoded.market[m] * traded + swept[m];
    }
}
