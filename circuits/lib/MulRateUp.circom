pragma circom 2.2.0;

include "./AssertMulRateUp.circom";

/** ceil(price * rate / RATE_ONE), ticks. Hint only; see AssertMulRateUp for the claim, widths, cost and soundness. */
template MulRateUp() {
    signal input {maxbit} price;
    signal input {maxbit} rate;

    signal quotient <-- (price * rate + RATE_ONE() - 1) \ RATE_ONE();
    signal output {maxbit} out <== AssertMulRateUp()(price, rate, quotient);
}
