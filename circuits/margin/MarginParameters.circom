pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/HashWords.circom";
include "../lib/constants.circom";

/**
 * Claim: hash is the digest of the margin parameters, each in its width.
 *
 * param  markets    1 .. 4
 * in     words      minimumMargin uint<62>, staleSec uint<20>, then per market sizeSlope uint<24>, openInterestSlope uint<24>,
 *                   bandRate, discountRate, penaltyRate uint<19>; field elements, untrusted
 * out    hash       field
 * cost   HashWords(2 + 5 * markets) + 82 + 105 per market
 * sound  the digest binds the words; the widths hold for any genesis, and every bit budget of the batch rests on them.
 */
template MarginParameters(markets) {
    signal input words[2 + 5 * markets];

    _ <== AssertUint(62)(words[0]);
    _ <== AssertUint(20)(words[1]);
    for (var m = 0; m < markets; m++) {
        _ <== AssertUint(24)(words[2 + 5 * m]);
        _ <== AssertUint(24)(words[3 + 5 * m]);
        for (var k = 4; k < 7; k++) {
            _ <== AssertUint(MAINTENANCE_BITS())(words[k + 5 * m]);
        }
    }
    signal output hash <== HashWords(2 + 5 * markets)(words);
}
