pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";
include "../lib/HashWords.circom";
include "./buses.circom";

/**
 * Claim: out = Poseidon(tree hash, tree box, sum of quotes, insurance, HashWords(openInterest, lossLong, lossShort of each market)).
 *
 * param  markets  1 .. 4
 * in     totals   Totals
 * out    out      field
 * cost   675 for 2 markets, 825 for 4
 * sound  collision resistance; it binds the root's box to its hash.
 */
template StateRoot(markets) {
    Totals(markets) input totals;

    component lots = HashWords(3 * markets);
    for (var m = 0; m < markets; m++) {
        lots.words[3 * m] <== totals.openInterest[m];
        lots.words[3 * m + 1] <== totals.lossLong[m];
        lots.words[3 * m + 2] <== totals.lossShort[m];
    }
    signal output out <== Poseidon(5)([totals.treeHash, totals.treeBox, totals.sumQuote, totals.insurance, lots.out]);
}
