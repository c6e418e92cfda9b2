pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: once the anchor is anchorSec old, it becomes the new mark at the round's time; before, it stays.
 *
 * in     anchor      uint<27>  ticks, tagged
 * in     anchorAt    uint<40>  unix seconds, tagged
 * in     mark        uint<27>  ticks, tagged: the new mark
 * in     timestamp   uint<40>  unix seconds, tagged: of the new round
 * in     anchorSec   uint<20>  seconds, tagged
 * out    outAnchor   uint<27>  ticks, tagged
 * out    outAt       uint<40>  unix seconds, tagged
 * cost   44
 * sound  |timestamp - anchorAt - anchorSec| < 2^41 by the tags; the choices are between values of the outputs' widths.
 */
template NextAnchor() {
    signal input {maxbit} anchor;
    signal input {maxbit} anchorAt;
    signal input {maxbit} mark;
    signal input {maxbit} timestamp;
    signal input {maxbit} anchorSec;
    assert(anchor.maxbit <= PRICE_BITS() && mark.maxbit <= PRICE_BITS() && anchorSec.maxbit <= TIME_BITS());
    assert(anchorAt.maxbit <= TIME_BITS() && timestamp.maxbit <= TIME_BITS());

    signal young <== IsNegative(TIME_BITS() + 1)(timestamp - anchorAt - anchorSec);
    signal output {maxbit} outAnchor;
    outAnchor.maxbit = PRICE_BITS();
    outAnchor <== SelectField()(young, anchor, mark);
    signal output {maxbit} outAt;
    outAt.maxbit = TIME_BITS();
    outAt <== SelectField()(young, anchorAt, timestamp);
}
