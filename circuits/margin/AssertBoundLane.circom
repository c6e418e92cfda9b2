pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/AssertUint.circom";
include "../lib/constants.circom";
include "./widths.circom";

/**
 * Claim: lane = clamp(kappa - floor(slack * weight / 2^20), -(2^28 - 1), 2^28 - 1) + 2^28.
 *
 * in     kappa    int<28>, ticks: kappaLong of a long, -kappaShort of a short
 * in     slack    |slack| <= 2^49, quote units per 2^20 of risk
 * in     weight   uint<28>, ticks
 * in     lane     hint, untrusted
 * in     isAbove  hint, untrusted: the unclamped bound is above 2^28 - 1
 * in     isBelow  hint, untrusted: the unclamped bound is below -(2^28 - 1)
 * out    out      uint<29>, not 0
 * cost   115
 *
 * sound  kappa - floor(x / 2^20) = ceil(y / 2^20) for y = kappa * 2^20 - slack * weight. With bound = lane - 2^28 and
 *        gap = bound * 2^20 - y, every term below 2^78:
 *        neither flag: 0 <= gap < 2^20 (the high digits of `distance` are zero), so bound = ceil(y / 2^20);
 *        isAbove:      bound = 2^28 - 1 and gap < 0, so y > bound * 2^20 and the ceiling is larger;
 *        isBelow:      bound = -(2^28 - 1) and gap >= 2^20, so y <= (bound - 1) * 2^20 and the ceiling is smaller.
 *        The cases exclude each other; a lane is 1 .. 2^29 - 1 by its 29 digits and its inverse.
 */
template AssertBoundLane() {
    signal input kappa;
    signal input slack;
    signal input weight;
    signal input lane;
    signal input isAbove;
    signal input isBelow;

    var highest = (1 << LANE_BITS()) - 1;
    isAbove * (1 - isAbove) === 0;
    isBelow * (1 - isBelow) === 0;
    isAbove * isBelow === 0;
    (isAbove + isBelow) * (lane - highest * isAbove - isBelow) === 0;
    _ <== AssertUint(LANE_BITS())(lane);
    signal inverse <-- lane != 0 ? 1 / lane : 0; // hint; the next line is all that is asked of it
    inverse * lane === 1;

    signal spread <== slack * weight; // 50 + 28 bits
    signal gap <== (lane - (1 << BOUND_BITS()) - kappa) * (1 << CERTIFICATE_BITS()) + spread;
    signal distance <== gap - isBelow * (1 << CERTIFICATE_BITS()) - isAbove * (2 * gap + 1); // isAbove ? -gap - 1 : gap - ..
    component digits = Num2Bits(78);
    digits.in <== distance;
    var high = 0;
    for (var i = 0; i < 78; i++) {
        if (i < CERTIFICATE_BITS()) {
            _ <== digits.out[i];
        } else {
            high += digits.out[i];
        }
    }
    (1 - isAbove - isBelow) * high === 0;
    signal output out <== lane;
}
