pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/constants.circom";

/**
 * Claim: word = mark + median * 2^27 + (fundingIndex + 2^25) * 2^54 + maintenanceRate * 2^80 + initialRate * 2^100
 * + updatedAt * 2^120 + breakerUntil * 2^160, every field in its width.
 *
 * in     word             field
 * out    mark, median     uint<27>, ticks, tagged
 * out    fundingIndex     int<25>, ticks
 * out    maintenanceRate  uint<19>, fraction of 2^20, tagged; the word's 20th digit must be zero, as the oracle makes it
 * out    initialRate      uint<20>, fraction of 2^20, tagged
 * out    updatedAt        uint<40>, unix seconds
 * out    breakerUntil     uint<40>, unix seconds
 * cost   199
 * sound  200 digits of a field element are unique; the fields are disjoint slices of them.
 */
template UnpackPriceWord() {
    signal input word;

    component digits = Num2Bits(200);
    digits.in <== word;
    digits.out[99] === 0; // 80 + MAINTENANCE_BITS
    var slice[7];
    var start[8] = [0, 27, 54, 80, 100, 120, 160, 200];
    for (var k = 0; k < 7; k++) {
        slice[k] = 0;
        for (var i = start[k]; i < start[k + 1]; i++) {
            slice[k] += digits.out[i] * (1 << (i - start[k]));
        }
    }

    signal output {maxbit} mark;
    mark.maxbit = PRICE_BITS();
    mark <== slice[0];
    signal output {maxbit} median;
    median.maxbit = PRICE_BITS();
    median <== slice[1];
    signal output fundingIndex <== slice[2] - (1 << INDEX_BITS());
    signal output {maxbit} maintenanceRate;
    maintenanceRate.maxbit = MAINTENANCE_BITS();
    maintenanceRate <== slice[3];
    signal output {maxbit} initialRate;
    initialRate.maxbit = RATE_BITS();
    initialRate <== slice[4];
    signal output updatedAt <== slice[5];
    signal output breakerUntil <== slice[6];
}
