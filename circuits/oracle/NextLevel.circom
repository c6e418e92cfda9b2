pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsLess.circom";
include "../lib/SelectField.circom";
include "../lib/constants.circom";

/**
 * Claim: how often the cool-down is doubled. A trip while the breaker is set leaves the level; a trip after its end but
 * within escalationSec of it adds one, up to 3; any other trip makes it 0. Without a trip it stays.
 *
 * in     tripped        bit: the caller has constrained it
 * in     timestamp      uint<40>  unix seconds, tagged: of the new round
 * in     breakerUntil   uint<40>  unix seconds, tagged: the old one; 0 says that there was no trip yet
 * in     escalationSec  uint<20>  seconds, tagged
 * in     level          uint<2>, tagged: the old one
 * out    out            uint<2>, tagged
 * cost   91
 * sound  isSet implies isSoon, so the three cases of a trip exclude each other: level, min(level + 1, 3), 0.
 */
template NextLevel() {
    signal input tripped;
    signal input {maxbit} timestamp;
    signal input {maxbit} breakerUntil;
    signal input {maxbit} escalationSec;
    signal input {maxbit} level;
    assert(breakerUntil.maxbit <= TIME_BITS() && escalationSec.maxbit <= TIME_BITS());
    assert(level.maxbit <= BREAKER_LEVEL_BITS());

    signal isSet <== IsLess(TIME_BITS())(timestamp, breakerUntil);
    signal {maxbit} soonUntil;
    soonUntil.maxbit = TIME_BITS() + 1;
    soonUntil <== breakerUntil + escalationSec;
    signal isBefore <== IsLess(TIME_BITS() + 1)(timestamp, soonUntil);
    signal isFirst <== IsZero()(breakerUntil);
    signal isSoon <== isBefore * (1 - isFirst);

    signal isLast <== IsZero()(level - BREAKER_LEVEL_MAX());
    signal raised <== SelectField()(isSet, level, level + 1 - isLast);
    signal afterTrip <== isSoon * raised;
    signal output {maxbit} out;
    out.maxbit = BREAKER_LEVEL_BITS();
    out <== SelectField()(tripped, afterTrip, level);
}
