pragma circom 2.2.0;

include "../lib/EvaluateWords.circom";
include "../lib/HashWords.circom";
include "../lib/constants.circom";
include "./BatchTerms.circom";
include "./ChargedMarkets.circom";
include "./LossWord.circom";
include "./Operation.circom";
include "./OutcomeWord.circom";
include "./StateRoot.circom";
include "./TotalsWord.circom";
include "./buses.circom";

/**
 * Claim: applying the operations that the words spell, in order and by the rules, at the oracle state of oracleRoot, leads from
 * oldStateRoot to newStateRoot; outcomeWord says what became of each, box and totalsWord and lossWord describe the new state.
 *
 * param  markets          1 .. 4
 * param  depth            levels of the tree
 * param  operations       slots; unused ones hold nine zero words, which is a Noop
 * public oldStateRoot     the guard's stateRoot()
 * public newStateRoot     field, the guard's next stateRoot()
 * public oracleRoot       the guard's oracleRootOf(round of the operations)
 * public domain           the guard's domain(): chain and address
 * public dataCommitment   HashWords of the words, chosen before the challenge is known
 * public challenge        keccak256(words, dataCommitment) >> 8, by the guard
 * public evaluation       sum of words[i] * challenge^i, by the guard
 * public outcomeWord      64 bits, see OutcomeWord
 * public box              packed lanes of the new root
 * public totalsWord       202 bits, see TotalsWord
 * public lossWord         52 bits a market, of the new state, see LossWord
 * private the rest        words, openings of the roots and of the accounts; every one untrusted
 * cost   see circuits/README.md
 * sound  Words: the commitment fixes them before the challenge, so equal evaluations mean equal words but with probability
 *        9 * operations / 2^248. State and oracle: openings of the public roots. New values: Operation, one after the other.
 */
template MarginBatch(markets, depth, operations) {
    signal input oldStateRoot;
    signal input newStateRoot;
    signal input oracleRoot;
    signal input domain;
    signal input dataCommitment;
    signal input challenge;
    signal input evaluation;
    signal input outcomeWord;
    signal input box;
    signal input totalsWord;
    signal input lossWord;

    signal input words[operations][9];

    signal input oracleParametersHash;
    signal input marginParameters[2 + 5 * markets];
    signal input timeWord;
    signal input priceWords[markets];
    signal input riskWords[markets];

    signal input oldTreeHash;
    signal input oldTreeBox;
    signal input oldSumQuote;
    signal input oldInsurance;
    signal input oldOpenInterest[markets];
    signal input oldLossLong[markets];
    signal input oldLossShort[markets];

    // Two openings an operation, then account 0 in the new state.
    signal input accounts[2 * operations + 1][5 + markets]; // owner, keyX, keyY, nonce, quote, sizes
    signal input boxes[2 * operations + 1][depth];
    signal input siblingHashes[2 * operations + 1][depth];
    signal input siblingBoxes[2 * operations + 1][depth];

    // The words.
    component commitment = HashWords(OPERATION_WORDS() * operations);
    component evaluated = EvaluateWords(OPERATION_WORDS() * operations);
    for (var i = 0; i < operations; i++) {
        for (var k = 0; k < 9; k++) {
            commitment.words[9 * i + k] <== words[i][k];
            evaluated.words[9 * i + k] <== words[i][k];
        }
    }
    evaluated.challenge <== challenge;
    commitment.out === dataCommitment;
    evaluated.out === evaluation;

    // The terms.
    component terms = BatchTerms(markets);
    terms.oracleParametersHash <== oracleParametersHash;
    terms.marginParameters <== marginParameters;
    terms.timeWord <== timeWord;
    terms.priceWords <== priceWords;
    terms.riskWords <== riskWords;
    terms.oracleRoot === oracleRoot;

    // The state before, the operations, the state after.
    Opening(markets, depth) opening[2 * operations + 1];
    for (var i = 0; i <= 2 * operations; i++) {
        opening[i].account.owner <== accounts[i][0];
        opening[i].account.keyX <== accounts[i][1];
        opening[i].account.keyY <== accounts[i][2];
        opening[i].account.nonce <== accounts[i][3];
        opening[i].account.quote <== accounts[i][4];
        for (var m = 0; m < markets; m++) {
            opening[i].account.size[m] <== accounts[i][5 + m];
        }
        opening[i].boxes <== boxes[i];
        opening[i].siblingHashes <== siblingHashes[i];
        opening[i].siblingBoxes <== siblingBoxes[i];
    }

    Totals(markets) totals[operations + 1];
    totals[0].treeHash <== oldTreeHash;
    totals[0].treeBox <== oldTreeBox;
    totals[0].sumQuote <== oldSumQuote;
    totals[0].insurance <== oldInsurance;
    totals[0].openInterest <== oldOpenInterest;
    totals[0].lossLong <== oldLossLong;
    totals[0].lossShort <== oldLossShort;
    _ <== LossWord(markets)(oldLossLong, oldLossShort); // its ranges: every width rests on them
    signal openedStateRoot <== StateRoot(markets)(totals[0]);
    openedStateRoot === oldStateRoot;

    signal isValid[operations];
    signal outcome[operations][4];
    component operation[operations];
    for (var i = 0; i < operations; i++) {
        operation[i] = Operation(markets, depth);
        operation[i].words <== words[i];
        operation[i].domain <== domain;
        operation[i].timestamp <== terms.timestamp;
        operation[i].minimumMargin <== marginParameters[0];
        operation[i].market <== ChargedMarkets(markets)(terms.market, totals[i].lossLong, totals[i].lossShort);
        operation[i].totals <== totals[i];
        operation[i].openingA <== opening[2 * i];
        operation[i].openingB <== opening[2 * i + 1];
        totals[i + 1] <== operation[i].next;
        isValid[i] <== operation[i].isValid;
        outcome[i] <== operation[i].outcome;
    }

    signal derivedStateRoot <== StateRoot(markets)(totals[operations]);
    derivedStateRoot === newStateRoot;
    totals[operations].treeBox === box;
    signal derivedLossWord <== LossWord(markets)(totals[operations].lossLong, totals[operations].lossShort);
    derivedLossWord === lossWord;
    Market() finalMarket[markets] <== ChargedMarkets(markets)(
        terms.market, totals[operations].lossLong, totals[operations].lossShort
    );
    signal derivedTotalsWord <== TotalsWord(markets, depth)(totals[operations], opening[2 * operations], finalMarket);
    derivedTotalsWord === totalsWord;
    signal derivedOutcomeWord <== OutcomeWord(operations)(isValid, outcome);
    derivedOutcomeWord === outcomeWord;
}
