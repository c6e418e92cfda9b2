pragma circom 2.2.0;

include "./AssertMedian.circom";

/** The point of the median interval of the present values that is nearest to the anchor; values below 2^252. */
function medianNearest(values, present, n, anchor) {
    var sorted[16];
    var count = 0;
    for (var i = 0; i < n; i++) {
        if (present[i] == 1) {
            var next = values[i]; // inserted by exchange: no ternary in a loop condition, circom evaluates it once
            for (var k = 0; k < count; k++) {
                if (sorted[k] > next) {
                    var larger = sorted[k];
                    sorted[k] = next;
                    next = larger;
                }
            }
            sorted[count] = next;
            count += 1;
        }
    }
    var median = anchor;
    if (count > 0) {
        if (median < sorted[(count - 1) >> 1]) {
            median = sorted[(count - 1) >> 1];
        }
        if (median > sorted[count >> 1]) {
            median = sorted[count >> 1];
        }
    }
    return median;
}

/** The median nearest to an anchor. Hint only; see AssertMedian for the claim, widths, cost and soundness. */
template Median(n, bits) {
    signal input {maxbit} values[n];
    signal input present[n];
    signal input {maxbit} anchor;

    signal median <-- medianNearest(values, present, n, anchor);
    signal output {maxbit} out <== AssertMedian(n, bits)(values, present, anchor, median);
}
