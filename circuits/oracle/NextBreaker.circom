pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/AssertUint.circom";
include "../lib/Max.circom";
include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: out = tripped ? max(breakerUntil, timestamp + cooldownSec * 2^level) : breakerUntil.
 *
 * in     tripped       bit: the caller has constrained it
 * in     timestamp     uint<40>  unix seconds, tagged: of the new round
 * in     cooldownSec   uint<20>  seconds, tagged
 * in     breakerUntil  uint<40>  unix seconds, tagged
 * in     level         uint<2>, tagged: the new one
 * out    out           uint<40>  unix seconds, tagged
 * cost   87
 * sound  the sum is range-checked before it is compared; it leaves 40 bits only in the year 36812.
 */
template NextBreaker() {
    signal input tripped;
    signal input {maxbit} timestamp;
    signal input {maxbit} cooldownSec;
    signal input {maxbit} breakerUntil;
    signal input {maxbit} level;
    assert(level.maxbit <= BREAKER_LEVEL_BITS() && breakerUntil.maxbit <= TIME_BITS());

    component digits = Num2Bits(BREAKER_LEVEL_BITS());
    digits.in <== level;
    signal times <== (1 + digits.out[0]) * (1 + 3 * digits.out[1]); // 2^level
    signal delay <== cooldownSec * times; // 23 bits
    signal {maxbit} ends <== AssertUint(TIME_BITS())(SelectField()(tripped, timestamp + delay, breakerUntil));
    signal output {maxbit} out <== Max(TIME_BITS())(ends, breakerUntil);
}
