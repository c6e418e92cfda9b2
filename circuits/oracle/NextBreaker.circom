pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/IsLess.circom";
include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: out = tripped ? timestamp + cooldownSec : breakerUntil; frozen = (timestamp < out).
 *
 * in     tripped       bit: the caller has constrained it
 * in     timestamp     uint<40>  unix seconds, tagged: of the new round
 * in     cooldownSec   uint<20>  seconds, tagged
 * in     breakerUntil  uint<40>  unix seconds, tagged
 * out    out           uint<40>  unix seconds, tagged
 * out    frozen        bit
 * cost   82
 * sound  the sum is range-checked; it leaves 40 bits only in the year 36812.
 */
template NextBreaker() {
    signal input tripped;
    signal input {maxbit} timestamp;
    signal input {maxbit} cooldownSec;
    signal input {maxbit} breakerUntil;

    signal chosen <== SelectField()(tripped, timestamp + cooldownSec, breakerUntil);
    signal output {maxbit} out <== AssertUint(TIME_BITS())(chosen);
    signal output frozen <== IsLess(TIME_BITS())(timestamp, out);
}
