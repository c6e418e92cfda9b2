pragma circom 2.2.0;

/**
 * Claim: isValid = no failure; reported = the first failure alone, in the order malformed, unauthorised, price, margin.
 *
 * in     failures  bits
 * out    isValid   bit
 * out    reported  bits, at most one set
 * cost   3
 * sound  products of the complements.
 */
template ReportedOutcome() {
    signal input failures[4];

    signal clean[5];
    signal output reported[4];
    clean[0] <== 1;
    for (var k = 0; k < 4; k++) {
        reported[k] <== clean[k] * failures[k];
        clean[k + 1] <== clean[k] - reported[k];
    }
    signal output isValid <== clean[4];
}
