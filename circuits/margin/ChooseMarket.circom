pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./buses.circom";

/**
 * Claim: chosen is the market that the one-hot selector names, all zero for an all-zero selector.
 *
 * param  markets   1 .. 4
 * in     selector  bits, at most one set
 * in     market    Market
 * in     isStale   bit per market
 * in     time      uint<40>, unix seconds, that the operation is judged at
 * out    chosen    Chosen
 * cost   42 + 9 per market
 * sound  scalar products with a one-hot vector; both times have 40 bits.
 */
template ChooseMarket(markets) {
    signal input selector[markets];
    Market() input market[markets];
    signal input isStale[markets];
    signal input time;

    Chosen() output chosen;
    signal part[9][markets];
    var sum[9];
    for (var k = 0; k < 9; k++) {
        sum[k] = 0;
    }
    for (var m = 0; m < markets; m++) {
        part[0][m] <== selector[m] * market[m].mark;
        part[1][m] <== selector[m] * market[m].indexLong;
        part[2][m] <== selector[m] * market[m].indexShort;
        part[3][m] <== selector[m] * (market[m].marginTicks - market[m].discount - market[m].penalty);
        part[4][m] <== selector[m] * market[m].band;
        part[5][m] <== selector[m] * market[m].discount;
        part[6][m] <== selector[m] * market[m].penalty;
        part[7][m] <== selector[m] * isStale[m];
        part[8][m] <== selector[m] * market[m].breakerUntil;
        for (var k = 0; k < 9; k++) {
            sum[k] += part[k][m];
        }
    }
    chosen.mark <== sum[0];
    chosen.indexLong <== sum[1];
    chosen.indexShort <== sum[2];
    chosen.gain <== sum[3];
    chosen.band <== sum[4];
    chosen.discount <== sum[5];
    chosen.penalty <== sum[6];
    chosen.stale <== sum[7];
    signal isBroken <== IsNegative(TIME_BITS())(time - sum[8]);
    chosen.reduceOnly <== chosen.stale + isBroken - chosen.stale * isBroken;
}
