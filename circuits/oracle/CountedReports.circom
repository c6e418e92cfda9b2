pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/HashWords.circom";
include "../lib/constants.circom";
include "./CountedReport.circom";
include "./DecodeReport.circom";
include "./Median.circom";

/**
 * Claim: the reports are decoded, those that count are marked, at least quorum count, and timestamp is the median of
 * their times, after the last round's.
 *
 * param  markets         number of markets
 * param  n               reporter slots; slot i belongs to key i, so each reporter counts at most once
 * param  quorum          reports that a round needs
 * in     domain          field: chain and guard
 * in     keyX            field
 * in     keyY            field
 * in     words           field; 4 a report
 * in     previous        uint<40>  unix seconds of the last round, tagged
 * out    reporterSetRoot field: HashWords(keyX_0, keyY_0, keyX_1, ...)
 * out    counted         bits
 * out    price           uint<27>  ticks, tagged; by market, then report
 * out    fundingRate     uint<21>  with 2^20 added, tagged; by market, then report
 * out    timestamp       uint<40>  unix seconds, tagged
 * cost   about 5,050 a reporter
 * sound  see CountedReport and AssertMedian. Each counted time is above `previous`, so their median nearest to it is
 *        the lower one and above it too; that is constrained once more.
 */
template CountedReports(markets, n, quorum) {
    signal input domain;
    signal input keyX[n];
    signal input keyY[n];
    signal input words[n][4];
    signal input {maxbit} previous;
    signal output counted[n];
    signal output {maxbit} price[markets][n];
    price.maxbit = PRICE_BITS();
    signal output {maxbit} fundingRate[markets][n];
    fundingRate.maxbit = 21;

    component keys = HashWords(2 * n);
    component decoded[n];
    signal {maxbit} times[n];
    times.maxbit = TIME_BITS();
    var count = 0;
    for (var i = 0; i < n; i++) {
        keys.words[2 * i] <== keyX[i];
        keys.words[2 * i + 1] <== keyY[i];
        decoded[i] = DecodeReport(markets);
        decoded[i].word <== words[i][0];
        times[i] <== decoded[i].timestamp;
        counted[i] <== CountedReport()(domain, keyX[i], keyY[i], words[i], decoded[i].timestamp, previous);
        count += counted[i];
        for (var m = 0; m < markets; m++) {
            price[m][i] <== decoded[i].price[m];
            fundingRate[m][i] <== decoded[i].fundingRate[m];
        }
    }
    signal output reporterSetRoot <== keys.out;
    _ <== AssertUint(5)(count - quorum); // in [-16, 16]

    signal output {maxbit} timestamp <== Median(n, TIME_BITS())(times, counted, previous);
    _ <== AssertUint(TIME_BITS())(timestamp - previous - 1);
}
