pragma circom 2.2.0;

/**
 * Claim: out = mask of valid operations (bit i: operation i) + counts of 8 bits: unauthorised * 2^16, margin * 2^24, price * 2^32,
 * malformed * 2^40 + mask of unauthorised operations * 2^48.
 *
 * param  operations  1 .. 16
 * in     isValid     bits
 * in     outcome     bits of each operation: malformed, unauthorised, price, margin
 * out    out         uint<64>
 * cost   0 (linear)
 * sound  at most 16 operations, so no count reaches 2^8.
 */
template OutcomeWord(operations) {
    signal input isValid[operations];
    signal input outcome[operations][4];
    assert(operations <= 16);

    var shift[4] = [40, 16, 32, 24];
    var word = 0;
    for (var i = 0; i < operations; i++) {
        word += isValid[i] * (1 << i) + outcome[i][1] * (1 << (48 + i));
        for (var k = 0; k < 4; k++) {
            word += outcome[i][k] * (1 << shift[k]);
        }
    }
    signal output out <== word;
}
