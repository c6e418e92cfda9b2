pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/constants.circom";

/**
 * Claim: out = sum over markets of (lossLong + 2^25) * 2^(52 m) + (lossShort + 2^25) * 2^(52 m + 26), each in [-2^25, 2^25).
 *
 * param  markets              1 .. 4
 * in     lossLong, lossShort  field, ticks
 * out    out                  field, 52 bits a market
 * cost   52 per market
 * sound  26 digits each.
 */
template LossWord(markets) {
    signal input lossLong[markets];
    signal input lossShort[markets];

    var offset = 1 << INDEX_BITS();
    var stride = INDEX_BITS() + 1;
    var word = 0;
    for (var m = 0; m < markets; m++) {
        _ <== AssertUint(stride)(lossLong[m] + offset);
        _ <== AssertUint(stride)(lossShort[m] + offset);
        word += (lossLong[m] + offset) * (1 << (2 * stride * m));
        word += (lossShort[m] + offset) * (1 << (2 * stride * m + stride));
    }
    signal output out <== word;
}
