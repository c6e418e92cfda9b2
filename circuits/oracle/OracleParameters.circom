pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";
include "../lib/AssertUint.circom";
include "../lib/HashWords.circom";
include "./AssertMarketParameters.circom";
include "./DeviationThreshold.circom";
include "./MarketParameters.circom";

/**
 * Claim: hash = Poseidon(HashWords(tvlTier, deviationSquared, market fields ...), marginParametersHash), and
 * deviationSquared is the entry of the table for this tvl.
 *
 * param  markets               number of markets
 * in     tvl                   uint<63>  quote units, tagged
 * in     tvlTier               field; quote units
 * in     deviationTable        field
 * in     marketFields          field; in the order of MarketParameters
 * in     marginParametersHash  field
 * out    hash                  field
 * out    deviationSquared      uint<12>, tagged
 * out    market                MarketParameters of every market
 * cost   447 + 278 * markets and the hashes
 * sound  every word of the hash is range-checked before it is used.
 */
template OracleParameters(markets) {
    signal input {maxbit} tvl;
    signal input tvlTier[3];
    signal input deviationTable[4];
    signal input marketFields[markets][14];
    signal input marginParametersHash;
    output MarketParameters() market[markets];

    signal {maxbit} tiers[3];
    tiers.maxbit = 64;
    signal {maxbit} table[4];
    table.maxbit = 12;
    component words = HashWords(7 + 14 * markets);
    for (var i = 0; i < 3; i++) {
        tiers[i] <== AssertUint(64)(tvlTier[i]);
        words.words[i] <== tvlTier[i];
    }
    for (var i = 0; i < 4; i++) {
        table[i] <== AssertUint(12)(deviationTable[i]);
        words.words[3 + i] <== deviationTable[i];
    }
    for (var m = 0; m < markets; m++) {
        market[m] <== AssertMarketParameters()(marketFields[m]);
        for (var i = 0; i < 14; i++) {
            words.words[7 + 14 * m + i] <== marketFields[m][i];
        }
    }
    signal output {maxbit} deviationSquared <== DeviationThreshold()(tvl, tiers, table);
    signal output hash <== Poseidon(2)([words.out, marginParametersHash]);
}
