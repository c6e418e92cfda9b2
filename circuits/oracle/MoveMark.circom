pragma circom 2.2.0;

include "../lib/IsLess.circom";
include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: the mark moves towards the median, by their distance or by the reach, whichever is less; tripped says that
 * the distance is more than the reach.
 *
 * in     mark     uint<27>  ticks, tagged
 * in     median   uint<27>  ticks, tagged
 * in     reach    uint<37>  ticks, tagged
 * out    out      uint<27>  ticks, tagged: the new mark
 * out    move     uint<27>  ticks, tagged: the distance moved
 * out    tripped  bit
 * cost   69
 * sound  |mark - median| < 2^27 by the tags; move <= distance, so the new mark lies between the old one and the median.
 */
template MoveMark() {
    signal input {maxbit} mark;
    signal input {maxbit} median;
    signal input {maxbit} reach;
    assert(mark.maxbit <= PRICE_BITS() && median.maxbit <= PRICE_BITS() && reach.maxbit <= 37);

    signal down <== IsLess(PRICE_BITS())(median, mark);
    signal {maxbit} distance;
    distance.maxbit = PRICE_BITS();
    distance <== (1 - 2 * down) * (median - mark);

    signal output tripped <== IsLess(37)(reach, distance);
    signal output {maxbit} move;
    move.maxbit = PRICE_BITS();
    move <== SelectField()(tripped, reach, distance);
    signal output {maxbit} out;
    out.maxbit = PRICE_BITS();
    out <== mark + (1 - 2 * down) * move;
}
