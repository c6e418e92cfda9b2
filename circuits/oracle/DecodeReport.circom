pragma circom 2.2.0;

include "../lib/constants.circom";
include "./AssertReport.circom";

/** The fields of a report's word. Hint only; see AssertReport for the claim, widths, cost and soundness. */
template DecodeReport(markets) {
    signal input word;

    signal fields[1 + 2 * markets];
    fields[0] <-- word & ((1 << TIME_BITS()) - 1);
    for (var m = 0; m < markets; m++) {
        fields[1 + 2 * m] <-- (word >> (40 + 48 * m)) & ((1 << PRICE_BITS()) - 1);
        fields[2 + 2 * m] <-- (word >> (67 + 48 * m)) & ((1 << 21) - 1);
    }
    component check = AssertReport(markets);
    check.word <== word;
    check.fields <== fields;
    signal output {maxbit} timestamp <== check.timestamp;
    signal output {maxbit} price[markets] <== check.price;
    signal output {maxbit} fundingRate[markets] <== check.fundingRate;
}
