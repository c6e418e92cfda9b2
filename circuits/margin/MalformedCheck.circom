pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./buses.circom";

/**
 * Claim: out = the operation's content makes no sense in this state: one of the conditions of its kind, or a value that would
 * leave its range.
 *
 * param  markets       1 .. 4
 * param  depth         levels of the tree
 * in     decoded       Decoded
 * in     sideA, sideB  Side
 * in     ownerA        field, before
 * in     payload       w3 .. w8: field elements, any
 * in     keyOk         bit: (w4, w5) is a valid key
 * in     totalsFit     bit: open interest, insurance and liabilities would stay below their limits
 * in     share         LossShare
 * out    out           bit
 * cost   60
 * sound  conditions are bits and are counted: a sum of bits is zero iff none is set.
 */
template MalformedCheck(markets, depth) {
    Decoded(markets, depth) input decoded;
    Side(markets) input sideA;
    Side(markets) input sideB;
    signal input ownerA;
    signal input payload[6];
    signal input keyOk;
    signal input totalsFit;
    LossShare() input share;

    signal noAmount <== IsZero()(decoded.amount);
    signal noSize <== IsZero()(decoded.size);
    signal noOwner <== IsZero()(payload[0]);
    signal isRecipient <== IsZero()(payload[3] - ownerA);
    signal exceeds <== IsNegative(SIZE_BITS())(sideA.before.absolute - decoded.size);

    signal badOpening <== (1 - sideA.isOpen) * (noOwner + 1 - keyOk);
    signal nobody <== (1 - sideA.isOpen) * (1 - decoded.isFirstA); // A is neither open nor the insurance account

    signal deposit <== decoded.isDeposit * (decoded.isFirstA + noAmount + badOpening);
    signal withdraw <== decoded.isWithdraw * (decoded.isFirstA + noAmount + 1 - sideA.isOpen + 1 - isRecipient);
    signal trade <== decoded.isTrade
        * (decoded.isSame + decoded.isFirstA + decoded.isFirstB + 1 - sideA.isOpen + 1 - sideB.isOpen + noSize);
    signal liquidate <== decoded.isLiquidate
        * (decoded.isSame + decoded.isFirstB + 1 - sideB.isOpen + nobody + noSize + exceeds);
    signal backstop <== decoded.isBackstop * (1 - decoded.isFirstB + decoded.isFirstA + 1 - sideA.isOpen);
    signal setKey <== decoded.isSetKey * (decoded.isFirstA + 1 - sideA.isOpen + 1 - keyOk);
    signal shareLoss <== decoded.isShareLoss * (1 - decoded.isFirstA + 1 - decoded.isFirstB + 1 - share.hasPayers);

    signal isWell <== IsZero()(
        decoded.isUnreadable + deposit + withdraw + trade + liquidate + backstop + setKey + shareLoss
        + 1 - sideA.fits + 1 - sideB.fits + 1 - totalsFit + 1 - share.fits
    );
    signal output out <== 1 - isWell;
}
