pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsLess.circom";

/**
 * Claim: out = deviationSquared[number of tiers with tvl >= tvlTier]: the square of k, the number of standard
 * deviations that trip the breaker. The larger the value at risk, the tighter. An exploit score would choose here too.
 *
 * in     tvl               uint<63>  quote units, tagged
 * in     tvlTier           uint<64>  quote units, tagged, 3 of them
 * in     deviationSquared  uint<12>, tagged, 4 of them
 * out    out               uint<12>, tagged
 * cost   207
 * sound  the count is one of 0 .. 3, exactly one of the four equality bits is set, so out is one of the four.
 */
template DeviationThreshold() {
    signal input {maxbit} tvl;
    signal input {maxbit} tvlTier[3];
    signal input {maxbit} deviationSquared[4];
    assert(deviationSquared.maxbit <= 12);

    signal below[3];
    var reached = 0;
    for (var i = 0; i < 3; i++) {
        below[i] <== IsLess(64)(tvl, tvlTier[i]);
        reached += 1 - below[i];
    }

    signal chosen[4];
    signal part[4];
    var sum = 0;
    for (var i = 0; i < 4; i++) {
        chosen[i] <== IsEqual()([reached, i]);
        part[i] <== chosen[i] * deviationSquared[i];
        sum += part[i];
    }
    signal output {maxbit} out;
    out.maxbit = 12;
    out <== sum;
}
