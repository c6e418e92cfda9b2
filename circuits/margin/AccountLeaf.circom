pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";
include "./buses.circom";

/**
 * Claim: out = Poseidon(owner, keyX, keyY, nonce, quote, size_0 .. size_(markets-1)), the hash of an account's leaf.
 *
 * param  markets  1 .. 4
 * in     account  Account
 * out    out      field
 * cost   381 for 2 markets, 417 for 4
 * sound  collision resistance; the arity 5 + markets differs from a node's 4.
 */
template AccountLeaf(markets) {
    Account(markets) input account;

    component hash = Poseidon(5 + markets);
    hash.inputs[0] <== account.owner;
    hash.inputs[1] <== account.keyX;
    hash.inputs[2] <== account.keyY;
    hash.inputs[3] <== account.nonce;
    hash.inputs[4] <== account.quote;
    for (var m = 0; m < markets; m++) {
        hash.inputs[5 + m] <== account.size[m];
    }
    signal output out <== hash.out;
}
