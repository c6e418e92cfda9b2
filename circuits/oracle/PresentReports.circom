pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";

/**
 * Claim: present[i] = counted[i] and prices[i] != 0; fresh = (at least quorum reports are present).
 *
 * param  n        reports, at most 16
 * param  quorum   reports that a market needs
 * in     counted  bits: the caller has constrained them to 0 or 1
 * in     prices   field
 * out    present  bits
 * out    fresh    bit
 * cost   3 * n + 6
 * sound  the count is below 2^5 and so is the quorum.
 */
template PresentReports(n, quorum) {
    signal input counted[n];
    signal input prices[n];
    assert(n <= 16 && quorum <= 16);

    signal absent[n];
    signal output present[n];
    var count = 0;
    for (var i = 0; i < n; i++) {
        absent[i] <== IsZero()(prices[i]);
        present[i] <== counted[i] * (1 - absent[i]);
        count += present[i];
    }
    signal short <== IsNegative(5)(count - quorum);
    signal output fresh <== 1 - short;
}
