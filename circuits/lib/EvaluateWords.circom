pragma circom 2.2.0;

/**
 * Claim: out = sum over i of words[i] * challenge^i.
 *
 * param  n          words, at least 1
 * in     words      field
 * in     challenge  field
 * out    out        field
 * cost   n - 1
 * sound  Horner's rule; the last word needs no product.
 */
template EvaluateWords(n) {
    signal input words[n];
    signal input challenge;
    assert(n >= 1);

    signal running[n];
    running[n - 1] <== words[n - 1];
    for (var i = n - 2; i >= 0; i--) {
        running[i] <== running[i + 1] * challenge + words[i];
    }
    signal output out <== running[0];
}
