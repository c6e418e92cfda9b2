pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "../tree/FirstLeafPath.circom";
include "./AccountLeaf.circom";
include "./SignedSize.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: out = liabilities + insurance * 2^63 + deficit * 2^126 of the state, where deficit = max(0, -equity - insurance) and equity
 * is the value of account 0 at the mark.
 *
 * param  markets  1 .. 4
 * param  depth    levels of the tree
 * in     totals   Totals
 * in     opening  Opening of account 0; private, untrusted
 * in     market   Market
 * out    out      field, 202 bits
 * cost   297 * depth + AccountLeaf + 276 + 48 per market
 * sound  The parts have 63, 63 and 76 digits. Equity: 2^63 + 4 * 2^40 * 2^28 < 2^71, so deficit < 2^72. A state whose liabilities or
 *        insurance leave their range is unprovable; no operation leads there from a legal state.
 */
template TotalsWord(markets, depth) {
    Totals(markets) input totals;
    Opening(markets, depth) input opening;
    Market() input market[markets];

    signal leaf <== AccountLeaf(markets)(opening.account);
    FirstLeafPath(depth)(totals.treeHash, leaf, opening.boxes, opening.siblingHashes, opening.siblingBoxes);

    component size[markets];
    signal worth[markets];
    signal value[markets];
    signal shared[markets];
    var equity = opening.account.quote;
    var liabilities = totals.sumQuote + totals.insurance;
    for (var m = 0; m < markets; m++) {
        size[m] = SignedSize(SIZE_BITS());
        size[m].size <== opening.account.size[m];
        _ <== size[m].absolute;
        _ <== size[m].isFlat;
        _ <== size[m].isLarge;
        worth[m] <== market[m].mark - market[m].indexLong + size[m].isShort * (market[m].indexLong - market[m].indexShort);
        value[m] <== opening.account.size[m] * worth[m]; // 40 + 28 bits
        equity += value[m];
        shared[m] <== (market[m].indexLong - market[m].indexShort) * totals.openInterest[m]; // 26 + 44 bits
        liabilities -= shared[m];
    }

    signal covers <== IsNegative(CANDIDATE_HEALTH_BITS())(-1 - equity - totals.insurance); // equity + insurance >= 0
    signal deficit <== (1 - covers) * (-equity - totals.insurance);
    signal uncovered <== AssertUint(DEFICIT_BITS())(deficit);
    signal insurance <== AssertUint(QUOTE_BITS())(totals.insurance);
    signal owed <== AssertUint(QUOTE_BITS())(liabilities);
    signal output out <== owed + insurance * (1 << QUOTE_BITS()) + uncovered * (1 << (2 * QUOTE_BITS()));
}
