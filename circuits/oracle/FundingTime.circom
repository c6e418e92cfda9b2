pragma circom 2.2.0;

include "../lib/Clamp.circom";
include "../lib/Max.circom";
include "../lib/constants.circom";

/**
 * Claim: out = min(max(0, timestamp - max(updatedAt, breakerUntil)), 65535): the seconds since the last fresh round in
 * which the breaker was not set. What came before a trip counts, and what comes after the breaker's end.
 *
 * in     timestamp     uint<40>  unix seconds, tagged: of the new round
 * in     updatedAt     uint<40>  unix seconds, tagged: of the market's last fresh round
 * in     breakerUntil  uint<40>  unix seconds, tagged: the old one
 * out    out           uint<16>  seconds, tagged
 * cost   126
 * sound  |timestamp - max| < 2^40 by the tags; the clamp ends within [0, 65535].
 */
template FundingTime() {
    signal input {maxbit} timestamp;
    signal input {maxbit} updatedAt;
    signal input {maxbit} breakerUntil;
    assert(timestamp.maxbit <= TIME_BITS());

    signal accruesFrom <== Max(TIME_BITS())(updatedAt, breakerUntil);
    signal output {maxbit} out;
    out.maxbit = ELAPSED_BITS();
    out <== Clamp(TIME_BITS())(timestamp - accruesFrom, 0, ELAPSED_MAX());
}
