pragma circom 2.2.0;

include "../lib/SelectField.circom";
include "../tree/PathUpdate.circom";
include "./AccountLeaf.circom";
include "./Certificate.circom";
include "./buses.circom";

/**
 * Claim: one leg of an operation. The account before stands at the index in the tree of the old root; the new root has the
 * account after with its certificate there if the leg is applied, and is the old root if not.
 *
 * param  markets       1 .. 4
 * param  depth         levels of the tree
 * in     opening       Opening: untrusted, bound by the old root
 * in     indexBits     bits
 * in     next          Account, legal: the one before when the operation is invalid
 * in     held          Exposure, before
 * in     left          Exposure, after
 * in     isValid       bit: which of the two exposures is the next account's
 * in     isApplied     bit
 * in     market        Market
 * in     oldHash, oldBox   the tree's root before
 * out    newHash, newBox   the tree's root after
 * cost   depth * (598 + 62 * markets) + Certificate + two AccountLeaf + 3 + 3 per market
 * sound  An account that the state accepts is in its ranges, and so is the one before; the certificate therefore sees legal
 *        values only, whatever the operation says, and has a witness always.
 */
template SettleLeg(markets, depth) {
    Opening(markets, depth) input opening;
    signal input indexBits[depth];
    Account(markets) input next;
    Exposure(markets) input held;
    Exposure(markets) input left;
    signal input isValid;
    signal input isApplied;
    Market() input market[markets];
    signal input oldHash;
    signal input oldBox;

    signal absolute[markets];
    signal isShort[markets];
    signal isFlat[markets];
    for (var m = 0; m < markets; m++) {
        absolute[m] <== SelectField()(isValid, left.absolute[m], held.absolute[m]);
        isShort[m] <== SelectField()(isValid, left.isShort[m], held.isShort[m]);
        isFlat[m] <== SelectField()(isValid, left.isFlat[m], held.isFlat[m]);
    }
    signal value <== SelectField()(isValid, left.value, held.value);

    signal oldLeaf <== AccountLeaf(markets)(opening.account);
    signal newLeaf <== AccountLeaf(markets)(next);
    signal lanes[2 * markets] <== Certificate(markets)(absolute, isShort, isFlat, next.quote + value, market);

    signal output newHash;
    signal output newBox;
    (newHash, newBox) <== PathUpdate(depth, 2 * markets)(
        indexBits, isApplied, oldHash, oldBox, oldLeaf, opening.boxes, newLeaf, lanes, opening.siblingHashes, opening.siblingBoxes
    );
}
