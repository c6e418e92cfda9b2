pragma circom 2.2.0;

include "./FloorShift.circom";
include "./constants.circom";

/**
 * Claim: out = floor(price * rate / RATE_ONE).
 *
 * in     price  uint<27>  ticks, tagged
 * in     rate   uint<20>  fraction of RATE_ONE = 2^20, tagged
 * out    out    uint<27>  ticks, tagged
 * cost   48
 * sound  FloorShift of a product of 47 bits.
 */
template MulRateDown() {
    signal input {maxbit} price;
    signal input {maxbit} rate;
    assert(price.maxbit <= PRICE_BITS() && rate.maxbit <= RATE_BITS());

    component shifted = FloorShift(PRICE_BITS(), RATE_BITS());
    shifted.numerator <== price * rate; // 47 bits
    _ <== shifted.remainder;
    signal output {maxbit} out <== shifted.out;
}
