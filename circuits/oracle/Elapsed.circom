pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/Min.circom";
include "../lib/constants.circom";

/**
 * Claim: out = min(timestamp - updatedAt, 65535), and updatedAt <= timestamp.
 *
 * in     timestamp  uint<40>  unix seconds, tagged: of the new round
 * in     updatedAt  uint<40>  unix seconds, tagged: of the market's last fresh round, never after the last round
 * out    out        uint<16>  seconds, tagged
 * cost   82
 * sound  the difference is range-checked before it is compared.
 */
template Elapsed() {
    signal input {maxbit} timestamp;
    signal input {maxbit} updatedAt;

    signal {maxbit} elapsed <== AssertUint(TIME_BITS())(timestamp - updatedAt);
    signal {maxbit} longest;
    longest.maxbit = ELAPSED_BITS();
    longest <== ELAPSED_MAX();
    signal output {maxbit} out <== Min(TIME_BITS())(elapsed, longest);
}
