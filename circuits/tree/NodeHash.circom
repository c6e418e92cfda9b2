pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";

/**
 * Claim: out = Poseidon(leftHash, rightHash, leftBox, rightBox), the hash of an inner node.
 *
 * in     leftHash, rightHash  field  hashes of the two children
 * in     leftBox, rightBox    field  packed boxes of the two children
 * out    out                  field
 * cost   297
 * sound  collision resistance; a leaf is hashed with another arity (5 + markets), so no leaf passes for a node.
 */
template NodeHash() {
    signal input leftHash;
    signal input rightHash;
    signal input leftBox;
    signal input rightBox;

    signal output out <== Poseidon(4)([leftHash, rightHash, leftBox, rightBox]);
}
