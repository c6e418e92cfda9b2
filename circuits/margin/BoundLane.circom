pragma circom 2.2.0;

include "../lib/constants.circom";
include "./AssertBoundLane.circom";

/** The lane of one position's bound. Hint only; see AssertBoundLane for the claim, widths, cost and soundness. */
template BoundLane() {
    signal input kappa;
    signal input slack;
    signal input weight;

    var scale = 1 << CERTIFICATE_BITS();
    var limit = (1 << BOUND_BITS()) - 1;
    var exact = kappa * scale - slack * weight;
    var bound = exact > 0 ? (exact + scale - 1) \ scale : -((-exact) \ scale); // ceiling
    signal isAbove <-- bound > limit ? 1 : 0;
    signal isBelow <-- bound < -limit ? 1 : 0;
    signal lane <-- (isAbove == 1 ? limit : (isBelow == 1 ? -limit : bound)) + (1 << BOUND_BITS());
    signal output out <== AssertBoundLane()(kappa, slack, weight, lane, isAbove, isBelow);
}
