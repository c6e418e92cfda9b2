pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/Max.circom";
include "../lib/constants.circom";

/**
 * Claim: out is the time that an operation is judged at: when it was logged, and not before the oracle round itself.
 * w2 = round(40) loggedAt(40) sender(160), written by the log; the guard compares the round.
 *
 * in     logWord    w2, below 2^240: a larger one is unprovable, the guard replaces such operations by Noops
 * in     timestamp  uint<40>, unix seconds, of the oracle round; OracleOpening checks its width
 * out    out        uint<40>, unix seconds
 * cost   282
 * sound  240 digits are unique; Max carries its range.
 */
template LoggedAt() {
    signal input logWord;
    signal input timestamp;

    component digits = Num2Bits(240);
    digits.in <== logWord;
    var time = 0;
    for (var i = 0; i < 240; i++) {
        if (i >= ROUND_BITS() && i < ROUND_BITS() + TIME_BITS()) {
            time += digits.out[i] * (1 << (i - ROUND_BITS()));
        } else {
            _ <== digits.out[i];
        }
    }
    signal {maxbit} logged;
    logged.maxbit = TIME_BITS(); // 40 of the digits
    logged <== time;
    signal {maxbit} proven;
    proven.maxbit = TIME_BITS(); // 40 digits of the time word
    proven <== timestamp;
    signal output out <== Max(TIME_BITS())(logged, proven);
}
