pragma circom 2.2.0;

include "../lib/constants.circom";

/**
 * Claim: out = sum over i of lanes[i] * 2^(31 i), the packed box. Lane 2m is the long lane of market m, lane 2m + 1 its short lane.
 *
 * param  lanes   count of lanes, at most 8: 8 * 31 = 248 bits, below the field
 * in     values  uint<29> each, by the caller
 * out    out     field
 * cost   0 (linear)
 * sound  definition; injective as long as every lane is below 2^31.
 */
template PackLanes(lanes) {
    signal input values[lanes];
    assert(lanes <= 8);

    var packed = 0;
    for (var i = 0; i < lanes; i++) {
        packed += values[i] * (1 << (LANE_STRIDE() * i));
    }
    signal output out <== packed;
}
