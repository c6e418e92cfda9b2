pragma circom 2.2.0;

include "./AssertUint.circom";

/**
 * Claim: root = floor(sqrt(value)), 0 <= root < 2^rootBits.
 *
 * param  rootBits  bits of the root, at most 125
 * in     value     field
 * in     root      field; hint, untrusted
 * out    out       uint<rootBits>, tagged
 * cost   3 * rootBits + 3
 * sound  excess = value - root^2 and 2 * root - excess both lie in [0, 2^(rootBits+1)), so
 *        root^2 <= value <= root^2 + 2 * root over the integers (value < 2^(2*rootBits) <= 2^250), which fixes root.
 */
template AssertSquareRootDown(rootBits) {
    signal input value;
    signal input root;
    assert(rootBits <= 125);

    signal output {maxbit} out <== AssertUint(rootBits)(root);
    signal excess <== value - root * root; // root * root: 2 * rootBits <= 250 bits
    _ <== AssertUint(rootBits + 1)(excess);
    _ <== AssertUint(rootBits + 1)(2 * root - excess);
}
