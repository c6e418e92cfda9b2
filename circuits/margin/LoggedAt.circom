pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "../lib/Max.circom";
include "../lib/constants.circom";

/**
 * Claim: time is when an operation is judged at: when it was logged, and not before the oracle round itself; restricted is the
 * flag that the log wrote beside it.
 * w2 = round(40) loggedAt(40) sender(160) restricted(1), written by the log; the guard compares the round.
 *
 * in     logWord     w2, below 2^241: a larger one is unprovable, the guard replaces such operations by Noops
 * in     timestamp   uint<40>, unix seconds, of the oracle round; OracleOpening checks its width
 * out    time        uint<40>, unix seconds
 * out    restricted  bit
 * cost   283
 * sound  241 digits are unique; Max carries its range.
 */
template LoggedAt() {
    signal input logWord;
    signal input timestamp;

    component digits = Num2Bits(241);
    digits.in <== logWord;
    var written = 0;
    for (var i = 0; i < 240; i++) {
        if (i >= ROUND_BITS() && i < ROUND_BITS() + TIME_BITS()) {
            written += digits.out[i] * (1 << (i - ROUND_BITS()));
        } else {
            _ <== digits.out[i];
        }
    }
    signal {maxbit} logged;
    logged.maxbit = TIME_BITS(); // 40 of the digits
    logged <== written;
    signal {maxbit} proven;
    proven.maxbit = TIME_BITS(); // 40 digits of the time word
    proven <== timestamp;
    signal output time <== Max(TIME_BITS())(logged, proven);
    signal output restricted <== digits.out[240];
}
