pragma circom 2.2.0;

include "./InitialCheck.circom";
include "./IsWithin.circom";
include "../lib/constants.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: the answers that the rules need about an account after the operation.
 *
 * param  markets        1 .. 4
 * in     quote          int<70>, quote units, after
 * in     size           int<41>, lots, after
 * in     exposure       Exposure, after
 * in     hasLegalSizes  bit, after
 * in     openInterest   int<45>, lots, after
 * in     market         Market
 * in     isStale        bit per market
 * in     minimumMargin  uint<62>, quote units
 * out    initialOk      bit
 * out    flatOk         bit: has a position, or quote >= 0
 * out    fits           bit: size and quote are in their legal ranges
 * cost   294 + 8 per market
 * sound  IsWithin and InitialCheck; the caller guarantees the widths, see widths.circom.
 */
template JudgeSide(markets) {
    signal input quote;
    signal input size[markets];
    Exposure(markets) input exposure;
    signal input hasLegalSizes;
    signal input openInterest[markets];
    Market() input market[markets];
    signal input isStale[markets];
    signal input minimumMargin;

    component range = IsWithin(QUOTE_BITS(), CANDIDATE_QUOTE_BITS());
    range.in <== quote;
    signal output fits <== range.fits * hasLegalSizes;
    signal output flatOk <== 1 - exposure.isEmpty * range.negative;
    signal output initialOk <== InitialCheck(markets)(quote, size, exposure, openInterest, market, isStale, minimumMargin);
}
