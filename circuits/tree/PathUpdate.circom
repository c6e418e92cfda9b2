pragma circom 2.2.0;

include "../lib/SelectField.circom";
include "./PackLanes.circom";
include "./PathLevel.circom";

/**
 * Claim: the old leaf stands at the index in the tree of oldRoot; newRoot is the root after the new leaf took its place where
 * apply = 1, and oldRoot where apply = 0.
 *
 * param  depth          levels
 * param  lanes          count of lanes, at most 8
 * in     indexBits      bits, constrained by the caller, least significant first: 1 = the node is a right child
 * in     apply          bit, constrained by the caller
 * in     oldRootHash    field
 * in     oldRootBox     field  packed box of the root: bound to the hash by the state root, see StateRoot
 * in     oldLeafHash    field
 * in     oldBoxes       field  claimed packed boxes of the old leaf (0) and its ancestors below the root (1 .. depth - 1)
 * in     newLeafHash    field
 * in     newLeafLanes   uint<29> each
 * in     siblingHashes  field
 * in     siblingBoxes   field
 * out    newRootHash    field
 * out    newRootBox     field
 * cost   depth * (598 + 31 * lanes) + 2
 * sound  the old hashes end in oldRootHash, so the leaf, the boxes and the siblings are the tree's own; the new path keeps
 *        the same siblings and the same index bits.
 */
template PathUpdate(depth, lanes) {
    signal input indexBits[depth];
    signal input apply;
    signal input oldRootHash;
    signal input oldRootBox;
    signal input oldLeafHash;
    signal input oldBoxes[depth];
    signal input newLeafHash;
    signal input newLeafLanes[lanes];
    signal input siblingHashes[depth];
    signal input siblingBoxes[depth];

    signal oldHash[depth + 1];
    signal newHash[depth + 1];
    signal newLanes[depth + 1][lanes];
    oldHash[0] <== oldLeafHash;
    newHash[0] <== newLeafHash;
    newLanes[0] <== newLeafLanes;
    for (var i = 0; i < depth; i++) {
        (oldHash[i + 1], newHash[i + 1], newLanes[i + 1]) <== PathLevel(lanes)(
            indexBits[i], oldHash[i], oldBoxes[i], newHash[i], newLanes[i], siblingHashes[i], siblingBoxes[i]
        );
    }
    oldHash[depth] === oldRootHash;

    signal newBox <== PackLanes(lanes)(newLanes[depth]);
    signal output newRootHash <== SelectField()(apply, newHash[depth], oldRootHash);
    signal output newRootBox <== SelectField()(apply, newBox, oldRootBox);
}
