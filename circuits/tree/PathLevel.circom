pragma circom 2.2.0;

include "../lib/SelectField.circom";
include "./LanesMax.circom";
include "./NodeHash.circom";
include "./PackLanes.circom";

/**
 * Claim: one level of a path, before and after. oldParent is the hash over the old node and its sibling, newParent the hash
 * over the new node and the same sibling, newParentLanes the lane-wise maximum of the new node's lanes and the sibling's.
 *
 * param  lanes           count of lanes, at most 8
 * in     isRight         bit, constrained by the caller: the node is the right child
 * in     oldHash         field  hash of the node before
 * in     oldBox          field  packed box of the node before, as claimed: only oldParent binds it
 * in     newHash         field  hash of the node after
 * in     newLanes        uint<29> each, lanes of the node after
 * in     siblingHash     field
 * in     siblingBox      field  true lanes uint<29>, see AssertLanesMax
 * out    oldParentHash   field
 * out    newParentHash   field
 * out    newParentLanes  uint<29> each
 * cost   598 + 31 per lane
 * sound  two NodeHash over one sibling; the old boxes need no recomputation, they were proven when they were made and the
 *        old root's hash binds them. The order of the children is one product per pair: left is picked, right is the rest.
 */
template PathLevel(lanes) {
    signal input isRight;
    signal input oldHash;
    signal input oldBox;
    signal input newHash;
    signal input newLanes[lanes];
    signal input siblingHash;
    signal input siblingBox;

    signal newBox <== PackLanes(lanes)(newLanes);

    signal oldLeftHash <== SelectField()(isRight, siblingHash, oldHash);
    signal oldLeftBox <== SelectField()(isRight, siblingBox, oldBox);
    signal newLeftHash <== SelectField()(isRight, siblingHash, newHash);
    signal newLeftBox <== SelectField()(isRight, siblingBox, newBox);

    signal output oldParentHash <== NodeHash()(
        oldLeftHash, oldHash + siblingHash - oldLeftHash, oldLeftBox, oldBox + siblingBox - oldLeftBox
    );
    signal output newParentHash <== NodeHash()(
        newLeftHash, newHash + siblingHash - newLeftHash, newLeftBox, newBox + siblingBox - newLeftBox
    );
    signal output newParentLanes[lanes] <== LanesMax(lanes)(newLanes, siblingBox);
}
