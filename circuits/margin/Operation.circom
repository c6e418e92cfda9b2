pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "./ChooseMarket.circom";
include "./DecodeOperation.circom";
include "./JudgeOperation.circom";
include "./JudgeSide.circom";
include "./LoggedAt.circom";
include "./MovedPositions.circom";
include "./NextAccount.circom";
include "./NextTotals.circom";
include "./QuoteFlow.circom";
include "./SettleLeg.circom";
include "./ShareLoss.circom";
include "./StaleMarkets.circom";
include "./TotalsChange.circom";
include "./buses.circom";

/**
 * Claim: one operation of the log, applied to the state if its rules allow it and reported with the first rule that it breaks if
 * not. Every content of the words has exactly one outcome.
 *
 * param  markets        1 .. 4
 * param  depth          levels of the tree
 * in     words          w0 .. w8: w0 < 2^192, w1 < 2^130, w2 < 2^241, the others any field element
 * in     domain         field
 * in     timestamp      uint<40>, unix seconds, of the oracle round
 * in     minimumMargin  uint<62>, quote units
 * in     market         Market
 * in     totals         Totals, before: legal
 * in     openingA       Opening of account A in the tree before; private, untrusted
 * in     openingB       Opening of account B in the tree after leg A; private, untrusted
 * out    next           Totals, after
 * out    isValid        bit
 * out    outcome        bits: malformed, unauthorised, price, margin; at most one, none if valid
 * cost   see circuits/README.md
 * sound  Everything that is asked about the candidate state is computed for any content of the words: widths.circom bounds each
 *        candidate, so every decomposition has a witness. Account B is opened after leg A, which is the state before the operation
 *        unless A and B are one account and leg A is applied: then it is a Deposit, SetKey, Withdraw or ShareLoss, which do not look at B,
 *        or a Recertify, which changes no field.
 */
template Operation(markets, depth) {
    signal input words[9];
    signal input domain;
    signal input timestamp;
    signal input minimumMargin;
    Market() input market[markets];
    Totals(markets) input totals;
    Opening(markets, depth) input openingA;
    Opening(markets, depth) input openingB;

    Decoded(markets, depth) decoded <== DecodeOperation(markets, depth)(words[0], words[1]);
    signal time;
    signal restricted;
    (time, restricted) <== LoggedAt()(words[2], timestamp);
    signal isStale[markets] <== StaleMarkets(markets)(market, time);
    Chosen() chosen <== ChooseMarket(markets)(decoded.market, market, isStale, time);
    Account(markets) a <== openingA.account;
    Account(markets) b <== openingB.account;

    signal isClosedA <== IsZero()(a.owner);
    signal isClosedB <== IsZero()(b.owner);

    component positions = MovedPositions(markets, depth);
    positions.decoded <== decoded;
    positions.sizeA <== a.size;
    positions.sizeB <== b.size;
    positions.openInterest <== totals.openInterest;
    positions.market <== market;
    signal healthA <== a.quote + positions.heldA.value;
    LossShare() share <== ShareLoss(markets)(
        decoded.isShareLoss, decoded.market, healthA, positions.heldA, positions.beforeA, totals, market
    );

    // Quotes and totals after.
    component flow = QuoteFlow(markets, depth);
    flow.decoded <== decoded;
    flow.chosen <== chosen;
    flow.traded <== positions.traded;
    flow.beforeA <== positions.beforeA;
    flow.afterA <== positions.afterA;
    flow.beforeB <== positions.beforeB;
    flow.afterB <== positions.afterB;
    flow.quoteA <== a.quote;
    flow.insurance <== totals.insurance;
    flow.charged <== share.charged;
    flow.netting <== positions.netting;

    Side(markets) sideA;
    Side(markets) sideB;
    sideA.isOpen <== 1 - isClosedA;
    sideB.isOpen <== 1 - isClosedB;
    sideA.before <== positions.beforeA;
    sideB.before <== positions.beforeB;
    sideA.after <== positions.afterA;
    sideB.after <== positions.afterB;
    sideA.healthBefore <== healthA;
    sideB.healthBefore <== b.quote + positions.heldB.value;
    sideA.healthAfter <== a.quote + flow.changeA + positions.leftA.value;
    sideB.healthAfter <== b.quote + flow.changeB + positions.leftB.value;
    (sideA.fits, sideA.flatOk, sideA.initialOk) <== JudgeSide(markets)(
        a.quote + flow.changeA, positions.sizeAfterA, positions.leftA, positions.isLegalA, positions.openInterestAfter,
        market, isStale, minimumMargin
    );
    (sideB.fits, sideB.flatOk, sideB.initialOk) <== JudgeSide(markets)(
        b.quote + flow.changeB, positions.sizeAfterB, positions.leftB, positions.isLegalB, positions.openInterestAfter,
        market, isStale, minimumMargin
    );
    signal totalsFit;
    signal hasNegativeLiabilities;
    (totalsFit, hasNegativeLiabilities) <== TotalsChange(markets)(
        totals, market, positions.openInterestAfter, flow.changeA + flow.changeB - share.charged, flow.changeInsurance
    );

    component judgement = JudgeOperation(markets, depth);
    judgement.decoded <== decoded;
    judgement.chosen <== chosen;
    judgement.words <== words;
    judgement.domain <== domain;
    judgement.time <== time;
    judgement.a <== a;
    judgement.b <== b;
    judgement.sideA <== sideA;
    judgement.sideB <== sideB;
    judgement.restricted <== restricted;
    judgement.isEmptyA <== positions.heldA.isEmpty;
    judgement.share <== share;
    judgement.executionPrice <== flow.executionPrice;
    judgement.totalsFit <== totalsFit;
    judgement.hasNegativeLiabilities <== hasNegativeLiabilities;
    signal output isValid <== judgement.isValid;
    signal output outcome[4] <== judgement.outcome;

    // What becomes of the accounts and the totals.
    signal lost[markets];
    for (var m = 0; m < markets; m++) {
        lost[m] <== -positions.moved[m];
    }
    signal opens <== decoded.isDeposit * isClosedA;
    Account(markets) nextA <== NextAccount(markets)(
        a, isValid, opens, opens + decoded.isSetKey, decoded.isWithdraw + decoded.isTrade,
        words[3], words[4], words[5], decoded.nonceA, flow.changeA, lost
    );
    Account(markets) nextB <== NextAccount(markets)(
        b, isValid, 0, 0, decoded.isTrade + decoded.isLiquidate, 0, 0, 0, decoded.nonceB, flow.changeB, positions.moved
    );
    signal appliesA <== isValid * (1 - decoded.isNoop);
    signal recertifiesB <== decoded.isRecertify * (1 - decoded.isSame);
    signal appliesB <== isValid * (decoded.isTrade + decoded.isLiquidate + decoded.isBackstop + recertifiesB);

    signal middleHash;
    signal middleBox;
    (middleHash, middleBox) <== SettleLeg(markets, depth)(
        openingA, decoded.indexBitsA, nextA, positions.heldA, positions.leftA, isValid, appliesA, market,
        totals.treeHash, totals.treeBox
    );
    signal newHash;
    signal newBox;
    (newHash, newBox) <== SettleLeg(markets, depth)(
        openingB, decoded.indexBitsB, nextB, positions.heldB, positions.leftB, isValid, appliesB, market, middleHash, middleBox
    );
    Totals(markets) output next <== NextTotals(markets)(
        totals, isValid, decoded.market, share, flow.changeA + flow.changeB, flow.changeInsurance, positions.openInterestAfter,
        newHash, newBox
    );
}
