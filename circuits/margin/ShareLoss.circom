pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./ChargedSides.circom";
include "./IsLargestExposure.circom";
include "./LossRise.circom";
include "./buses.circom";

/**
 * Claim: share says what a ShareLoss does with account A: what A and the insurance owe beyond what they have, rounded up to whole ticks a
 * lot, is charged to the sides of the named market that ChargedSides tells. Of any other kind of operation charged, long and short are 0.
 *
 * param  markets       1 .. 4
 * in     isShareLoss   bit
 * in     selector      bits, at most one set: the named market
 * in     health        int<71>, quote units, of account A before, at the maintenance margin
 * in     exposure      Exposure of account A, before
 * in     position      Position of account A in the named market, before
 * in     totals        Totals, before: legal
 * in     market        Market
 * out    share         LossShare
 * cost   243 + 79 per market
 * sound  equity = health + sum of |size| * marginTicks (40 + 26 bits), for both sides; deficit = -(equity + insurance) has 70 bits,
 *        whoever account A is. rise * lots has 26 + 45 bits. Every part has a witness for every legal state and any kind: no lots
 *        means a divisor of one, no deficit a rise of zero. Loss indices start in [-2^25, 2^25) and move by at most 2^26, so both
 *        compared values lie in [-2^26, 2^26).
 */
template ShareLoss(markets) {
    signal input isShareLoss;
    signal input selector[markets];
    signal input health;
    Exposure(markets) input exposure;
    Position() input position;
    Totals(markets) input totals;
    Market() input market[markets];

    signal margin[markets];
    signal longPart[markets];
    signal shortPart[markets];
    var equity = health;
    var lossLong = 0;
    var lossShort = 0;
    for (var m = 0; m < markets; m++) {
        margin[m] <== exposure.absolute[m] * market[m].marginTicks; // 40 + 26 bits
        longPart[m] <== selector[m] * totals.lossLong[m];
        shortPart[m] <== selector[m] * totals.lossShort[m];
        equity += margin[m];
        lossLong += longPart[m];
        lossShort += shortPart[m];
    }

    component sides = ChargedSides(markets);
    sides.selector <== selector;
    sides.isEmpty <== exposure.isEmpty;
    sides.position <== position;
    sides.openInterest <== totals.openInterest;
    component perLot = LossRise();
    perLot.deficit <== -equity - totals.insurance;
    perLot.lots <== sides.lots;
    signal rise <== isShareLoss * perLot.rise;

    LossShare() output share;
    share.charged <== rise * sides.lots; // 26 + 45 bits
    share.long <== rise * sides.long;
    share.short <== rise * sides.short;
    share.hasPayers <== perLot.hasLots;
    signal fitsLong <== IsNegative(INDEX_BITS() + 1)(lossLong + share.long - (1 << INDEX_BITS()));
    signal leavesShort <== IsNegative(INDEX_BITS() + 1)(lossShort - share.short + (1 << INDEX_BITS()));
    share.fits <== fitsLong * (1 - leavesShort);
    signal isLargest <== IsLargestExposure(markets)(selector, exposure, totals.openInterest, market);
    share.isDue <== perLot.hasDeficit * isLargest;
}
