pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./PackLanes.circom";

/**
 * Claim: if every own lane and every true lane of the sibling is in [0, 2^29), then siblingLanes are the lanes packed in
 * siblingBox, and out is the lane-wise maximum of own and sibling, again in [0, 2^29).
 *
 * param  lanes         count of lanes, at most 8
 * in     ownLanes      uint<29> each: by induction, the leaf's lanes come from a Certificate
 * in     siblingBox    packed box of the sibling; its true lanes are uint<29>: it stands in a tree that was made by this circuit
 * in     siblingLanes  hint, untrusted
 * out    out           uint<29> each
 * cost   31 per lane
 *
 * sound  The window trick. IsNegative(29) puts each claimed distance c_i - own_i into [-2^29, 2^29), so a claimed sibling lane
 *        c_i lies in (-2^29, 2^30) although nobody decomposed it. The true lane t_i lies in [0, 2^29), hence
 *        |c_i - t_i| < 2^30 < 2^31. The packings agree: sum (c_i - t_i) * 2^(31 i) = 0 in the field. The absolute value of
 *        that integer is below 2^30 * 2^(31 * 7) * (1 + 2^-30) < 2^248 < r, so it is zero over the integers too. Modulo 2^31
 *        only digit 0 is left, and a multiple of 2^31 smaller than 2^31 in absolute value is zero: c_0 = t_0. Divide by 2^31
 *        and repeat: all lanes agree. Then the sign bit of c_i - own_i is the comparison, and own or sibling is picked.
 */
template AssertLanesMax(lanes) {
    signal input ownLanes[lanes];
    signal input siblingBox;
    signal input siblingLanes[lanes];

    signal packed <== PackLanes(lanes)(siblingLanes);
    packed === siblingBox;

    signal output out[lanes];
    signal ownIsLarger[lanes];
    for (var i = 0; i < lanes; i++) {
        ownIsLarger[i] <== IsNegative(LANE_BITS())(siblingLanes[i] - ownLanes[i]);
        out[i] <== siblingLanes[i] + ownIsLarger[i] * (ownLanes[i] - siblingLanes[i]);
    }
}
