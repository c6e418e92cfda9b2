pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/constants.circom";
include "./BoundLane.circom";
include "./buses.circom";
include "./ClampedQuotient.circom";
include "./widths.circom";

/**
 * Claim: lanes are the certificate of a legal account: with risk = max(1, sum |size| * weight) and
 * slack = clamp(floor(health * 2^20 / risk), -2^49, 2^49), the lane of a position is BoundLane(kappa, slack, weight), and the
 * lane of a side without a position is 0. Lane 2m belongs to longs of market m, lane 2m + 1 to shorts.
 *
 * param  markets   1 .. 4
 * in     absolute  uint<40>, lots, of a legal account
 * in     isShort   bit
 * in     isFlat    bit
 * in     health    int<71>, quote units, at maintenance
 * in     market    Market
 * out    lanes     uint<29> each
 * cost   220 + 119 per market
 * sound  both divisions are unique, so any two provers reach the same box. quote + sum size * bound >= 0 whenever slack is not
 *        cut from below: sum |size| * floor(slack * weight / 2^20) <= slack * risk / 2^20 <= health.
 */
template Certificate(markets) {
    signal input absolute[markets];
    signal input isShort[markets];
    signal input isFlat[markets];
    signal input health;
    Market() input market[markets];

    signal weighted[markets];
    var risk = 0;
    for (var m = 0; m < markets; m++) {
        weighted[m] <== absolute[m] * market[m].weight; // 40 + 28 bits
        risk += weighted[m];
    }
    signal isRiskless <== IsZero()(risk);
    signal slack <== ClampedQuotient(HEALTH_BITS() + CERTIFICATE_BITS(), RISK_BITS(), SLACK_BITS())(
        health * (1 << CERTIFICATE_BITS()), risk + isRiskless
    );

    signal output lanes[2 * markets];
    signal kappa[markets];
    signal lane[markets];
    for (var m = 0; m < markets; m++) {
        kappa[m] <== market[m].kappaLong - isShort[m] * (market[m].kappaShort + market[m].kappaLong);
        lane[m] <== BoundLane()(kappa[m], slack, market[m].weight);
        lanes[2 * m] <== (1 - isShort[m] - isFlat[m]) * lane[m];
        lanes[2 * m + 1] <== isShort[m] * lane[m];
    }
}
