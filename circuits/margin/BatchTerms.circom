pragma circom 2.2.0;

include "./MarginParameters.circom";
include "./MarketTerms.circom";
include "./OracleOpening.circom";
include "./buses.circom";

/**
 * Claim: market and timestamp are what oracleRoot, opened, means for a batch as long as the loss indices are zero.
 *
 * param  markets               1 .. 4
 * in     oracleParametersHash  field
 * in     marginParameters      minimumMargin, staleSec, then five words a market, see MarginParameters; untrusted
 * in     timeWord              field, untrusted, as the next two
 * in     priceWords, riskWords field
 * out    oracleRoot            field
 * out    timestamp             uint<40>, unix seconds
 * out    market                Market
 * cost   MarginParameters + OracleOpening + 588 per market
 * sound  the caller equates oracleRoot with the public one, which binds every word here.
 */
template BatchTerms(markets) {
    signal input oracleParametersHash;
    signal input marginParameters[2 + 5 * markets];
    signal input timeWord;
    signal input priceWords[markets];
    signal input riskWords[markets];

    signal marginParametersHash <== MarginParameters(markets)(marginParameters);
    signal output oracleRoot;
    signal output timestamp;
    (oracleRoot, timestamp) <== OracleOpening(markets)(
        oracleParametersHash, marginParametersHash, timeWord, priceWords, riskWords
    );

    Market() output market[markets];
    for (var m = 0; m < markets; m++) {
        market[m] <== MarketTerms()(
            priceWords[m], riskWords[m], marginParameters[1],
            [
                marginParameters[2 + 5 * m], marginParameters[3 + 5 * m], marginParameters[4 + 5 * m],
                marginParameters[5 + 5 * m], marginParameters[6 + 5 * m]
            ]
        );
    }
}
