pragma circom 2.2.0;

include "../lib/HashWords.circom";
include "../lib/constants.circom";

/**
 * Claim: root = HashWords(parametersHash, round + timestamp << 40, priceWord_0, riskWord_0, priceWord_1, ...).
 *
 * param  markets         number of markets, 1 .. 4
 * in     parametersHash  field: Poseidon(oracleParametersHash, marginParametersHash)
 * in     round           uint<40>, tagged
 * in     timestamp       uint<40>  unix seconds, tagged
 * in     priceWord       uint<200> of every market, by PackMarketState
 * in     riskWord        uint<165> of every market, by PackMarketState
 * out    root            field
 * cost   one Poseidon of 2 + 2 * markets inputs: 354 for two markets, 459 for four
 * sound  packings are injective, Poseidon is collision resistant: a root opens to one state.
 */
template OracleRoot(markets) {
    signal input parametersHash;
    signal input {maxbit} round;
    signal input {maxbit} timestamp;
    signal input priceWord[markets];
    signal input riskWord[markets];
    assert(round.maxbit <= ROUND_BITS() && timestamp.maxbit <= TIME_BITS());

    component hash = HashWords(2 + 2 * markets);
    hash.words[0] <== parametersHash;
    hash.words[1] <== round + timestamp * (1 << ROUND_BITS());
    for (var m = 0; m < markets; m++) {
        hash.words[2 + 2 * m] <== priceWord[m];
        hash.words[3 + 2 * m] <== riskWord[m];
    }
    signal output root <== hash.out;
}
