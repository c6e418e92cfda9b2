pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";

/**
 * Claim: out = HashWords(words): Poseidon of all words if there are at most 16; otherwise Poseidon of the first 16,
 * then again and again Poseidon of the running hash and the next (at most 15) words.
 *
 * param  n      words, at least 1; every caller has a fixed n, so lengths need no padding
 * in     words  field
 * out    out    field
 * cost   sum of the Poseidons: 609 for 16 inputs at -O2
 * sound  a chain of collision-resistant hashes; two lists of the same length with one digest are a collision.
 */
template HashWords(n) {
    signal input words[n];
    assert(n >= 1);

    var first = n < 16 ? n : 16;
    var folds = (n - first + 14) \ 15;
    signal running[folds + 1];

    component head = Poseidon(first);
    for (var i = 0; i < first; i++) {
        head.inputs[i] <== words[i];
    }
    running[0] <== head.out;

    component fold[folds];
    for (var k = 0; k < folds; k++) {
        var from = first + 15 * k;
        var count = n - from < 15 ? n - from : 15;
        fold[k] = Poseidon(1 + count);
        fold[k].inputs[0] <== running[k];
        for (var i = 0; i < count; i++) {
            fold[k].inputs[1 + i] <== words[from + i];
        }
        running[k + 1] <== fold[k].out;
    }
    signal output out <== running[folds];
}
