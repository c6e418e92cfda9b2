pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: next is the totals after the operation: moved if it is valid, the same if not. The tree is the caller's.
 *
 * param  markets          1 .. 4
 * in     totals           Totals, before
 * in     isValid          bit
 * in     selector         bits, at most one set: the named market
 * in     share            LossShare
 * in     changeQuote      int<72>, quote units, of both accounts
 * in     changeInsurance  int<67>, quote units
 * in     openInterest     int<45>, lots, after
 * in     treeHash         field, after
 * in     treeBox          field, after
 * out    next             Totals
 * cost   4 + 3 per market
 * sound  a valid operation's values were found to be in range.
 */
template NextTotals(markets) {
    Totals(markets) input totals;
    signal input isValid;
    signal input selector[markets];
    LossShare() input share;
    signal input changeQuote;
    signal input changeInsurance;
    signal input openInterest[markets];
    signal input treeHash;
    signal input treeBox;

    Totals(markets) output next;
    next.treeHash <== treeHash;
    next.treeBox <== treeBox;
    next.sumQuote <== totals.sumQuote + isValid * changeQuote;
    next.insurance <== totals.insurance + isValid * changeInsurance;
    signal chargedLong <== isValid * share.long;
    signal chargedShort <== isValid * share.short;
    for (var m = 0; m < markets; m++) {
        next.openInterest[m] <== totals.openInterest[m] + isValid * (openInterest[m] - totals.openInterest[m]);
        next.lossLong[m] <== totals.lossLong[m] + selector[m] * chargedLong;
        next.lossShort[m] <== totals.lossShort[m] - selector[m] * chargedShort;
    }
}
