pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";
include "../lib/IsLess.circom";
include "../lib/constants.circom";
include "../signature/KeyBit.circom";
include "../signature/SelectPoint.circom";
include "../signature/SignatureBit.circom";

/**
 * Claim: counted = (the reporter's key is valid, it signed Poseidon(domain, word), and the report is newer than the
 * last round). An absent report (four zeros) and an empty reporter slot (a key of zeros) are not counted.
 *
 * in     domain     field: chain and guard
 * in     keyX       field
 * in     keyY       field
 * in     words      field: word, R8x, R8y, S
 * in     timestamp  uint<40>  unix seconds of the report, tagged: word's own
 * in     previous   uint<40>  unix seconds of the last round, tagged
 * out    counted    bit
 * cost   4,811
 * sound  KeyBit and SignatureBit are total and unique. For an invalid key the signature is judged against Base8, and
 *        the bit is 0 all the same.
 */
template CountedReport() {
    signal input domain;
    signal input keyX;
    signal input keyY;
    signal input words[4];
    signal input {maxbit} timestamp;
    signal input {maxbit} previous;

    signal validKey <== KeyBit()(keyX, keyY);
    component key = SelectPoint();
    key.bit <== validKey;
    key.x <== keyX;
    key.y <== keyY;

    signal message <== Poseidon(2)([domain, words[0]]);
    signal signed <== SignatureBit()(key.outX, key.outY, words[1], words[2], words[3], message);
    signal newer <== IsLess(TIME_BITS())(previous, timestamp);
    signal authentic <== validKey * signed;
    signal output counted <== authentic * newer;
}
