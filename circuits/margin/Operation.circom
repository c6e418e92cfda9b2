pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "./ChooseMarket.circom";
include "./ChoosePosition.circom";
include "./DecodeOperation.circom";
include "./JudgeOperation.circom";
include "./JudgeSide.circom";
include "./LoggedAt.circom";
include "./MovedSizes.circom";
include "./NextAccount.circom";
include "./PositionExposure.circom";
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
 *        unless A and B are one account and leg A is applied: then it is a Deposit, SetKey or Withdraw, which do not look at B,
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

    // Positions before and after.
    component heldA = PositionExposure(markets, SIZE_BITS());
    component heldB = PositionExposure(markets, SIZE_BITS());
    component leftA = PositionExposure(markets, CANDIDATE_SIZE_BITS());
    component leftB = PositionExposure(markets, CANDIDATE_SIZE_BITS());
    heldA.size <== a.size;
    heldB.size <== b.size;
    heldA.market <== market;
    heldB.market <== market;
    leftA.market <== market;
    leftB.market <== market;
    _ <== heldA.isLegal; // of the halved range that it asks about; the full range holds in every legal state
    _ <== heldB.isLegal;

    Side(markets) sideA;
    Side(markets) sideB;
    sideA.isOpen <== 1 - isClosedA;
    sideB.isOpen <== 1 - isClosedB;
    sideA.before <== ChoosePosition(markets)(decoded.market, heldA.exposure);
    sideB.before <== ChoosePosition(markets)(decoded.market, heldB.exposure);

    signal traded;
    signal moved[markets];
    (traded, moved) <== MovedSizes(markets, depth)(decoded, a.size, sideA.before.isShort);
    signal lost[markets];
    signal openInterest[markets];
    signal netted[markets];
    var netting = 0;
    for (var m = 0; m < markets; m++) {
        lost[m] <== -moved[m];
        leftA.size[m] <== a.size[m] - moved[m];
        leftB.size[m] <== b.size[m] + moved[m];
    }
    for (var m = 0; m < markets; m++) {
        openInterest[m] <== totals.openInterest[m] + leftA.exposure.long[m] - heldA.exposure.long[m]
            + leftB.exposure.long[m] - heldB.exposure.long[m];
        netted[m] <== (market[m].indexLong - market[m].indexShort) * (openInterest[m] - totals.openInterest[m]); // 26 + 42 bits
        netting += netted[m];
    }
    sideA.after <== ChoosePosition(markets)(decoded.market, leftA.exposure);
    sideB.after <== ChoosePosition(markets)(decoded.market, leftB.exposure);

    // Quotes and totals after.
    LossShare() share <== ShareLoss(markets)(
        decoded.isShareLoss, decoded.market, a.quote + heldA.exposure.value, heldA.exposure, sideA.before, totals, market
    );
    component flow = QuoteFlow(markets, depth);
    flow.decoded <== decoded;
    flow.chosen <== chosen;
    flow.traded <== traded;
    flow.beforeA <== sideA.before;
    flow.afterA <== sideA.after;
    flow.beforeB <== sideB.before;
    flow.afterB <== sideB.after;
    flow.quoteA <== a.quote;
    flow.insurance <== totals.insurance;
    flow.charged <== share.charged;
    flow.netting <== netting;

    sideA.healthBefore <== a.quote + heldA.exposure.value;
    sideB.healthBefore <== b.quote + heldB.exposure.value;
    sideA.healthAfter <== a.quote + flow.changeA + leftA.exposure.value;
    sideB.healthAfter <== b.quote + flow.changeB + leftB.exposure.value;
    (sideA.fits, sideA.flatOk, sideA.initialOk) <== JudgeSide(markets)(
        a.quote + flow.changeA, leftA.size, leftA.exposure, leftA.isLegal, openInterest, market, isStale, minimumMargin
    );
    (sideB.fits, sideB.flatOk, sideB.initialOk) <== JudgeSide(markets)(
        b.quote + flow.changeB, leftB.size, leftB.exposure, leftB.isLegal, openInterest, market, isStale, minimumMargin
    );
    signal totalsFit;
    signal hasNegativeLiabilities;
    (totalsFit, hasNegativeLiabilities) <== TotalsChange(markets)(
        totals, market, openInterest, flow.changeA + flow.changeB - share.charged, flow.changeInsurance
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
    judgement.isEmptyA <== heldA.exposure.isEmpty;
    judgement.share <== share;
    judgement.executionPrice <== flow.executionPrice;
    judgement.totalsFit <== totalsFit;
    judgement.hasNegativeLiabilities <== hasNegativeLiabilities;
    signal output isValid <== judgement.isValid;
    signal output outcome[4] <== judgement.outcome;

    // What becomes of the accounts and the totals.
    signal opens <== decoded.isDeposit * isClosedA;
    Account(markets) nextA <== NextAccount(markets)(
        a, isValid, opens, opens + decoded.isSetKey, decoded.isWithdraw + decoded.isTrade,
        words[3], words[4], words[5], decoded.nonceA, flow.changeA, lost
    );
    Account(markets) nextB <== NextAccount(markets)(
        b, isValid, 0, 0, decoded.isTrade + decoded.isLiquidate, 0, 0, 0, decoded.nonceB, flow.changeB, moved
    );
    signal appliesA <== isValid * (1 - decoded.isNoop);
    signal recertifiesB <== decoded.isRecertify * (1 - decoded.isSame);
    signal appliesB <== isValid * (decoded.isTrade + decoded.isLiquidate + decoded.isBackstop + recertifiesB);

    signal middleHash;
    signal middleBox;
    (middleHash, middleBox) <== SettleLeg(markets, depth)(
        openingA, decoded.indexBitsA, nextA, heldA.exposure, leftA.exposure, isValid, appliesA, market, totals.treeHash, totals.treeBox
    );
    Totals(markets) output next;
    (next.treeHash, next.treeBox) <== SettleLeg(markets, depth)(
        openingB, decoded.indexBitsB, nextB, heldB.exposure, leftB.exposure, isValid, appliesB, market, middleHash, middleBox
    );
    next.sumQuote <== totals.sumQuote + isValid * (flow.changeA + flow.changeB);
    next.insurance <== totals.insurance + isValid * flow.changeInsurance;
    signal chargedLong <== isValid * share.long;
    signal chargedShort <== isValid * share.short;
    for (var m = 0; m < markets; m++) {
        next.lossLong[m] <== totals.lossLong[m] + decoded.market[m] * chargedLong;
        next.lossShort[m] <== totals.lossShort[m] - decoded.market[m] * chargedShort;
        next.openInterest[m] <== totals.openInterest[m] + isValid * (openInterest[m] - totals.openInterest[m]);
    }
}
