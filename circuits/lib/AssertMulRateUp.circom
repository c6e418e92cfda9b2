pragma circom 2.2.0;

include "./AssertUint.circom";
include "./constants.circom";

/**
 * Claim: quotient = ceil(price * rate / RATE_ONE), the margin that one lot needs, rounded against the account.
 *
 * in     price     uint<27>  ticks, tagged
 * in     rate      uint<20>  fraction of RATE_ONE = 2^20, tagged
 * in     quotient  field     ticks; hint, untrusted
 * out    out       uint<27>  ticks, tagged
 * cost   48
 * sound  slack = quotient * 2^20 - price * rate lies in [0, 2^20), which makes the ceiling unique over the integers;
 *        every term is below 2^48, so nothing wraps in the field.
 */
template AssertMulRateUp() {
    signal input {maxbit} price;
    signal input {maxbit} rate;
    signal input quotient;
    assert(price.maxbit <= PRICE_BITS() && rate.maxbit <= RATE_BITS());

    signal product <== price * rate; // 47 bits
    _ <== AssertUint(RATE_BITS())(quotient * RATE_ONE() - product);
    signal output {maxbit} out <== AssertUint(PRICE_BITS())(quotient);
}
