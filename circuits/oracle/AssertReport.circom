pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/constants.circom";

/**
 * Claim: word = timestamp + sum over m of (price_m << (40 + 48 m)) + (fundingRate_m << (67 + 48 m)).
 *
 * param  markets      number of markets, 1 .. 4
 * in     word         field
 * in     fields       field; hints, untrusted: timestamp, price_0, fundingRate_0, price_1, ...
 * out    timestamp    uint<40>  unix seconds, tagged
 * out    price        uint<27>  ticks, tagged; 0 says "no price for this market"
 * out    fundingRate  uint<21>  2^-20 per 2^16 seconds, with 2^20 added, tagged
 * cost   40 + 48 * markets
 * sound  the fields fill disjoint places of 40 + 48 * markets <= 232 bits. A word with higher bits is unprovable.
 */
template AssertReport(markets) {
    signal input word;
    signal input fields[1 + 2 * markets];
    assert(markets >= 1 && markets <= 4);

    signal output {maxbit} timestamp <== AssertUint(TIME_BITS())(fields[0]);
    signal output {maxbit} price[markets];
    signal output {maxbit} fundingRate[markets];
    var sum = timestamp;
    for (var m = 0; m < markets; m++) {
        price[m] <== AssertUint(PRICE_BITS())(fields[1 + 2 * m]);
        fundingRate[m] <== AssertUint(21)(fields[2 + 2 * m]);
        sum += price[m] * (1 << (40 + 48 * m)) + fundingRate[m] * (1 << (67 + 48 * m));
    }
    sum === word;
}
