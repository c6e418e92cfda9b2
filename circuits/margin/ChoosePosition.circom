pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: position is the account's position in the market that the one-hot selector names, all zero for an all-zero selector.
 *
 * param  markets   1 .. 4
 * in     selector  bits, at most one set
 * in     exposure  Exposure
 * out    position  Position
 * cost   4 per market
 * sound  scalar products with a one-hot vector.
 */
template ChoosePosition(markets) {
    signal input selector[markets];
    Exposure(markets) input exposure;

    Position() output position;
    signal part[4][markets];
    var sum[4] = [0, 0, 0, 0];
    for (var m = 0; m < markets; m++) {
        part[0][m] <== selector[m] * exposure.absolute[m];
        part[1][m] <== selector[m] * exposure.isShort[m];
        part[2][m] <== selector[m] * exposure.isFlat[m];
        part[3][m] <== selector[m] * exposure.long[m];
        for (var k = 0; k < 4; k++) {
            sum[k] += part[k][m];
        }
    }
    position.absolute <== sum[0];
    position.isShort <== sum[1];
    position.isFlat <== sum[2];
    position.long <== sum[3];
}
