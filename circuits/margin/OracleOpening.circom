pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/poseidon.circom";
include "../lib/HashWords.circom";
include "../lib/constants.circom";

/**
 * Claim: root is the oracle root over the parameters, the time word and the markets' words.
 *
 * param  markets               1 .. 4
 * in     oracleParametersHash  field
 * in     marginParametersHash  field
 * in     timeWord              round + timestamp * 2^40
 * in     priceWords, riskWords field; MarketTerms checks their widths
 * out    root                  field
 * out    timestamp             uint<40>, unix seconds
 * cost   Poseidon(2) + HashWords(2 + 2 * markets) + 80
 * sound  the digest binds every word; 80 digits of the time word are unique.
 */
template OracleOpening(markets) {
    signal input oracleParametersHash;
    signal input marginParametersHash;
    signal input timeWord;
    signal input priceWords[markets];
    signal input riskWords[markets];

    component hash = HashWords(2 + 2 * markets);
    hash.words[0] <== Poseidon(2)([oracleParametersHash, marginParametersHash]);
    hash.words[1] <== timeWord;
    for (var m = 0; m < markets; m++) {
        hash.words[2 + 2 * m] <== priceWords[m];
        hash.words[3 + 2 * m] <== riskWords[m];
    }
    signal output root <== hash.out;

    component digits = Num2Bits(ROUND_BITS() + TIME_BITS());
    digits.in <== timeWord;
    var time = 0;
    for (var i = 0; i < ROUND_BITS() + TIME_BITS(); i++) {
        if (i >= ROUND_BITS()) {
            time += digits.out[i] * (1 << (i - ROUND_BITS()));
        } else {
            _ <== digits.out[i];
        }
    }
    signal output timestamp <== time;
}
