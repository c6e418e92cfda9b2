pragma circom 2.2.0;

include "./AssertLossRise.circom";
include "./widths.circom";

/** clamp(ceil(deficit / max(1, lots)), 0, 2^26). Hint only; see AssertLossRise for the claim, widths, cost and soundness. */
template LossRise() {
    signal input deficit;
    signal input lots;

    var limit = 1 << RISE_BITS();
    var divisor = lots == 0 ? 1 : lots;
    var floored = deficit > 0 ? -((deficit + divisor - 1) \ divisor) : (-deficit) \ divisor;
    signal isAbove <-- floored >= limit ? 1 : 0;
    signal isBelow <-- floored < -limit ? 1 : 0;
    signal quotient <-- isAbove == 1 ? limit : (isBelow == 1 ? -limit : floored);
    signal output rise;
    signal output hasDeficit;
    signal output hasLots;
    (rise, hasDeficit, hasLots) <== AssertLossRise()(deficit, lots, quotient, isAbove, isBelow);
}
