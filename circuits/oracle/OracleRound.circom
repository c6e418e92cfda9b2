pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/EvaluateWords.circom";
include "../lib/HashWords.circom";
include "../lib/constants.circom";
include "./AssertMarketState.circom";
include "./CountedReports.circom";
include "./MarketParameters.circom";
include "./MarketState.circom";
include "./OracleMarket.circom";
include "./OracleParameters.circom";
include "./OracleRoot.circom";
include "./PackMarketState.circom";

/**
 * Claim: newOracleRoot is the oracle state that follows the one of oldOracleRoot by the signed reports committed to in
 * dataCommitment, at least 2 * faulty + 1 of them, for the value at risk in roundWord.
 *
 * param  markets               number of markets, 1 .. 4
 * param  reporters             reporter slots, at most 16
 * param  faulty                reporters that may lie
 * public oldOracleRoot         field: the guard's stored root
 * public newOracleRoot         field: the root that the guard will store
 * public reporterSetRoot       field: the guard's immutable
 * public domain                field: keccak256(chain id, guard) >> 8
 * public roundWord             round + timestamp << 40 + tvl << 80 of the NEW round; tvl: the guard's snapshot
 * public dataCommitment        field: HashWords of all report words
 * public challenge             field: keccak256(words, dataCommitment) >> 8, computed by the guard
 * public evaluation            field: sum of words[i] * challenge^i, computed by the guard
 * public priceWord             uint<200> of every market of the NEW state: what the guard stores
 * private words                field; reportWord, R8x, R8y, S of every reporter slot
 * private keyX, keyY           field; reporter keys
 * private round, timestamp     of the old state
 * private tvl                  quote units
 * private tvlTier, deviationTable, marketParameters, marginParametersHash   the parameters behind the root
 * private oldMarket            thirteen fields of every market, in the order of MarketState
 * cost    see circuits/README.md
 * sound   oldOracleRoot opens to one state and one set of parameters; everything else is a function of those and of the
 *         words. dataCommitment fixes the words before challenge is known, so the words are the guard's words but with
 *         probability 4 * reporters / 2^248.
 */
template OracleRound(markets, reporters, faulty) {
    signal input oldOracleRoot;
    signal input newOracleRoot;
    signal input reporterSetRoot;
    signal input domain;
    signal input roundWord;
    signal input dataCommitment;
    signal input challenge;
    signal input evaluation;
    signal input priceWord[markets];

    signal input words[4 * reporters];
    signal input keyX[reporters];
    signal input keyY[reporters];
    signal input round;
    signal input timestamp;
    signal input tvl;
    signal input tvlTier[3];
    signal input deviationTable[4];
    signal input marketParameters[markets][14];
    signal input marginParametersHash;
    signal input oldMarket[markets][13];
    var quorum = 2 * faulty + 1;
    assert(reporters >= 3 * faulty + 1);

    // the words are the guard's
    signal commitment <== HashWords(4 * reporters)(words);
    commitment === dataCommitment;
    signal value <== EvaluateWords(4 * reporters)(words, challenge);
    value === evaluation;

    // the old state and the parameters are those of the old root
    signal {maxbit} oldRound <== AssertUint(ROUND_BITS())(round);
    signal {maxbit} oldTimestamp <== AssertUint(TIME_BITS())(timestamp);
    signal {maxbit} valueAtRisk <== AssertUint(TVL_BITS())(tvl);
    component parameters = OracleParameters(markets);
    parameters.tvl <== valueAtRisk;
    parameters.tvlTier <== tvlTier;
    parameters.deviationTable <== deviationTable;
    parameters.marketFields <== marketParameters;
    parameters.marginParametersHash <== marginParametersHash;
    component oldState = OracleRoot(markets);
    oldState.parametersHash <== parameters.hash;
    oldState.round <== oldRound;
    oldState.timestamp <== oldTimestamp;
    component old[markets];
    component oldWords[markets];
    for (var m = 0; m < markets; m++) {
        old[m] = AssertMarketState();
        old[m].fields <== oldMarket[m];
        oldWords[m] = PackMarketState();
        oldWords[m].market <== old[m].out;
        oldState.priceWord[m] <== oldWords[m].priceWord;
        oldState.riskWord[m] <== oldWords[m].riskWord;
    }
    oldState.root === oldOracleRoot;

    // the reports
    component reports = CountedReports(markets, reporters, quorum);
    reports.domain <== domain;
    reports.keyX <== keyX;
    reports.keyY <== keyY;
    reports.previous <== oldTimestamp;
    for (var i = 0; i < reporters; i++) {
        for (var k = 0; k < 4; k++) {
            reports.words[i][k] <== words[4 * i + k];
        }
    }
    reports.reporterSetRoot === reporterSetRoot;

    // the new state
    component market[markets];
    component newWords[markets];
    component newState = OracleRoot(markets);
    newState.parametersHash <== parameters.hash;
    newState.round <== AssertUint(ROUND_BITS())(round + 1);
    newState.timestamp <== reports.timestamp;
    for (var m = 0; m < markets; m++) {
        market[m] = OracleMarket(reporters, quorum);
        market[m].old <== old[m].out;
        market[m].parameters <== parameters.market[m];
        market[m].deviationSquared <== parameters.deviationSquared;
        market[m].timestamp <== reports.timestamp;
        market[m].counted <== reports.counted;
        market[m].prices <== reports.price[m];
        market[m].rates <== reports.fundingRate[m];
        newWords[m] = PackMarketState();
        newWords[m].market <== market[m].next;
        newWords[m].priceWord === priceWord[m];
        newState.priceWord[m] <== newWords[m].priceWord;
        newState.riskWord[m] <== newWords[m].riskWord;
    }
    newState.root === newOracleRoot;
    roundWord === round + 1 + reports.timestamp * (1 << 40) + valueAtRisk * (1 << 80);
}
