pragma circom 2.2.0;

include "./NodeHash.circom";

/**
 * Claim: leafHash stands at index 0 in the tree of rootHash.
 *
 * param  depth          levels
 * in     rootHash       field
 * in     leafHash       field
 * in     boxes          field  claimed packed boxes of the leaf (0) and its ancestors below the root (1 .. depth - 1)
 * in     siblingHashes  field
 * in     siblingBoxes   field
 * cost   297 per level
 * sound  the chain of hashes ends in rootHash; the first leaf is a left child at every level.
 */
template FirstLeafPath(depth) {
    signal input rootHash;
    signal input leafHash;
    signal input boxes[depth];
    signal input siblingHashes[depth];
    signal input siblingBoxes[depth];

    signal hash[depth + 1];
    hash[0] <== leafHash;
    for (var i = 0; i < depth; i++) {
        hash[i + 1] <== NodeHash()(hash[i], siblingHashes[i], boxes[i], siblingBoxes[i]);
    }
    hash[depth] === rootHash;
}
