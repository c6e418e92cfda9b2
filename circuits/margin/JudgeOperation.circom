pragma circom 2.2.0;

include "../signature/KeyBit.circom";
include "./AuthorityCheck.circom";
include "./MalformedCheck.circom";
include "./MarginCheck.circom";
include "./PriceCheck.circom";
include "./ReducesPosition.circom";
include "./ReportedOutcome.circom";
include "./buses.circom";

/**
 * Claim: isValid = the operation breaks no rule; outcome = the first rule that it breaks.
 *
 * param  markets                 1 .. 4
 * param  depth                   levels of the tree
 * in     decoded                 Decoded
 * in     chosen                  Chosen
 * in     words                   w0 .. w8
 * in     domain                  field
 * in     time                    uint<40>, unix seconds, that the operation is judged at
 * in     a, b                    Account, before
 * in     sideA, sideB            Side
 * in     restricted              bit, written by the log
 * in     isEmptyA                bit, A has no position at all before
 * in     share                   LossShare
 * in     executionPrice          int<28>, ticks
 * in     totalsFit               bit
 * in     hasNegativeLiabilities  bit
 * out    isValid                 bit
 * out    outcome                 bits: malformed, unauthorised, price, margin; at most one, none if valid
 * cost   9,967
 * sound  the four checks answer for any words, so nothing here is the prover's choice.
 */
template JudgeOperation(markets, depth) {
    Decoded(markets, depth) input decoded;
    Chosen() input chosen;
    signal input words[9];
    signal input domain;
    signal input time;
    Account(markets) input a;
    Account(markets) input b;
    Side(markets) input sideA;
    Side(markets) input sideB;
    signal input restricted;
    signal input isEmptyA;
    LossShare() input share;
    signal input executionPrice;
    signal input totalsFit;
    signal input hasNegativeLiabilities;

    signal keyOk <== KeyBit()(words[4], words[5]);
    signal reducesA <== ReducesPosition()(sideA.before, sideA.after);
    signal reducesB <== ReducesPosition()(sideB.before, sideB.after);
    signal bothReduce <== reducesA * reducesB;

    component report = ReportedOutcome();
    report.failures[0] <== MalformedCheck(markets, depth)(
        decoded, sideA, sideB, a.owner, [words[3], words[4], words[5], words[6], words[7], words[8]], keyOk, totalsFit, share
    );
    report.failures[1] <== AuthorityCheck(markets, depth)(
        decoded, words, domain, time, a, b, sideA.isOpen, sideB.isOpen
    );
    report.failures[2] <== PriceCheck(markets, depth)(
        decoded, chosen, executionPrice, restricted, isEmptyA, sideA.before.isShort, bothReduce
    );
    report.failures[3] <== MarginCheck(markets, depth)(
        decoded, chosen, sideA, sideB, reducesA, reducesB, hasNegativeLiabilities, share.isDue
    );
    signal output isValid <== report.isValid;
    signal output outcome[4] <== report.reported;
}
