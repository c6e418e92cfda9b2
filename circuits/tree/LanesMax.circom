pragma circom 2.2.0;

include "../lib/constants.circom";
include "./AssertLanesMax.circom";

/** Lane-wise maximum of own lanes and a packed sibling box. Hint only; see AssertLanesMax for claim, widths, cost, soundness. */
template LanesMax(lanes) {
    signal input ownLanes[lanes];
    signal input siblingBox;

    signal siblingLanes[lanes];
    for (var i = 0; i < lanes; i++) {
        siblingLanes[i] <-- (siblingBox >> (LANE_STRIDE() * i)) & ((1 << LANE_STRIDE()) - 1);
    }
    signal output out[lanes] <== AssertLanesMax(lanes)(ownLanes, siblingBox, siblingLanes);
}
