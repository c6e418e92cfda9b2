pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";
include "../lib/constants.circom";
include "./buses.circom";
include "./OperationKind.circom";

/**
 * Claim: decoded holds the fields of an operation's words
 * w0 = kind(4) market(4) accountA(32) accountB(32) nonceA(40) nonceB(40) expiry(40), w1 = size(40) price(27) amount(63).
 *
 * param  markets     1 .. 4
 * param  depth       levels of the tree, at most 32
 * in     headWord    w0, below 2^192: a larger one is unprovable, the guard replaces such operations by Noops
 * in     valueWord   w1, below 2^130: the same
 * out    decoded     Decoded; the market is all zero unless the kind is Trade, Liquidate or ShareLoss
 * cost   346 + 3 per market
 * sound  192 and 130 digits are unique; IsZero and IsEqual compare whole fields.
 */
template DecodeOperation(markets, depth) {
    signal input headWord;
    signal input valueWord;
    assert(depth <= ACCOUNT_BITS());

    Decoded(markets, depth) output decoded;
    component head = Num2Bits(192);
    head.in <== headWord;
    var start[8] = [0, 4, 8, 40, 72, 112, 152, 192]; // kind, market, accountA, accountB, nonceA, nonceB, expiry
    var field[7];
    for (var k = 0; k < 7; k++) {
        field[k] = 0;
        for (var i = start[k]; i < start[k + 1]; i++) {
            field[k] += head.out[i] * (1 << (i - start[k]));
        }
    }
    decoded.nonceA <== field[4];
    decoded.nonceB <== field[5];
    decoded.expiry <== field[6];

    component value = Num2Bits(130);
    value.in <== valueWord;
    var edge[4] = [0, 40, 67, 130]; // size, price, amount
    var part[3];
    for (var k = 0; k < 3; k++) {
        part[k] = 0;
        for (var i = edge[k]; i < edge[k + 1]; i++) {
            part[k] += value.out[i] * (1 << (i - edge[k]));
        }
    }
    decoded.size <== part[0];
    decoded.price <== part[1];
    decoded.amount <== part[2];

    component kind = OperationKind();
    for (var i = 0; i < 4; i++) {
        kind.digits[i] <== head.out[i];
    }
    decoded.isNoop <== kind.is[0];
    decoded.isDeposit <== kind.is[1];
    decoded.isWithdraw <== kind.is[2];
    decoded.isTrade <== kind.is[3];
    decoded.isLiquidate <== kind.is[4];
    decoded.isBackstop <== kind.is[5];
    decoded.isRecertify <== kind.is[6];
    decoded.isSetKey <== kind.is[7];
    decoded.isShareLoss <== kind.is[8];

    signal usesMarket <== kind.is[3] + kind.is[4] + kind.is[8];
    signal isMarket[markets];
    var known = 0;
    for (var m = 0; m < markets; m++) {
        isMarket[m] <== IsZero()(field[1] - m);
        decoded.market[m] <== isMarket[m] * usesMarket;
        known += decoded.market[m];
    }

    var beyond = 0;
    for (var i = 0; i < ACCOUNT_BITS(); i++) {
        if (i < depth) {
            decoded.indexBitsA[i] <== head.out[start[2] + i];
            decoded.indexBitsB[i] <== head.out[start[3] + i];
        } else {
            beyond += head.out[start[2] + i] + head.out[start[3] + i];
        }
    }
    signal isInside <== IsZero()(beyond);
    signal isOutside <== (1 - kind.is[0]) * (1 - isInside);
    signal isReadable <== IsZero()(head.out[3] - kind.is[8] + usesMarket - known + isOutside); // kinds 8 .. 15 have digit 3
    decoded.isUnreadable <== 1 - isReadable;

    decoded.isFirstA <== IsZero()(field[2]);
    decoded.isFirstB <== IsZero()(field[3]);
    decoded.isSame <== IsZero()(field[2] - field[3]);
}
