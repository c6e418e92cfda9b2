pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "./SignedSize.circom";
include "./buses.circom";

/**
 * Claim: exposure is what the sizes are under the batch's terms, with value = sum of long * kappaLong + sum of short * kappaShort;
 * isLegal = every |size| < 2^(bits - 1).
 *
 * param  markets   1 .. 4
 * param  bits      bits of the magnitude of a size that the caller guarantees, at most 41
 * in     size      int<bits>, lots
 * in     market    Market
 * out    exposure  Exposure
 * out    isLegal   bit
 * cost   markets * (bits + 8) + 4
 * sound  SignedSize gives the only sign and magnitude. Budget: size 41 + kappa 28 = 69 bits a product, value 71.
 */
template PositionExposure(markets, bits) {
    signal input size[markets];
    Market() input market[markets];
    assert(bits <= 41);

    Exposure(markets) output exposure;
    signal isLarge[markets];
    signal kappa[markets];
    signal carried[markets];
    var value = 0;
    var larges = 0;
    var flats = 0;
    for (var m = 0; m < markets; m++) {
        (exposure.isShort[m], exposure.absolute[m], exposure.isFlat[m], isLarge[m]) <== SignedSize(bits)(size[m]);
        exposure.long[m] <== exposure.absolute[m] * (1 - exposure.isShort[m]);
        kappa[m] <== market[m].kappaLong + exposure.isShort[m] * (market[m].kappaShort - market[m].kappaLong);
        carried[m] <== size[m] * kappa[m]; // 41 + 28 bits
        value += carried[m];
        larges += isLarge[m];
        flats += exposure.isFlat[m];
    }
    exposure.value <== value;
    exposure.isEmpty <== IsZero()(markets - flats);
    signal output isLegal <== IsZero()(larges);
}
