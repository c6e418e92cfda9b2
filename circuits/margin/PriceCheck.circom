pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./buses.circom";

/**
 * Claim: out = the price forbids the operation. Trade: the price is 0 or further than `band` from the mark, or the market is
 * reduce-only or restricted and one side does not reduce. Withdraw: restricted, and A has a position. Liquidate: the market is stale, or
 * the price is worse than the liquidator's limit. ShareLoss: the market is reduce-only.
 *
 * param  markets         1 .. 4
 * param  depth           levels of the tree
 * in     decoded         Decoded
 * in     chosen          Chosen
 * in     executionPrice  int<28>, ticks
 * in     restricted      bit, written by the log
 * in     isEmptyA        bit, A has no position at all before
 * in     isShortA        bit, A's side before
 * in     bothReduce      bit
 * out    out             bit
 * cost   99
 * sound  every compared difference is below 2^29; conditions are counted.
 */
template PriceCheck(markets, depth) {
    Decoded(markets, depth) input decoded;
    Chosen() input chosen;
    signal input executionPrice;
    signal input restricted;
    signal input isEmptyA;
    signal input isShortA;
    signal input bothReduce;

    signal isFree <== IsZero()(decoded.price);
    signal isHigh <== IsNegative(PRICE_BITS() + 1)(chosen.mark + chosen.band - decoded.price);
    signal isLow <== IsNegative(PRICE_BITS() + 1)(decoded.price - chosen.mark + chosen.band);
    signal isBarred <== (chosen.reduceOnly + restricted) * (1 - bothReduce);
    signal trade <== decoded.isTrade * (isFree + isHigh + isLow + isBarred);

    // B takes over a long by buying: it pays at most its limit. It takes over a short by selling: it gets at least its limit.
    signal advantage <== (1 - 2 * isShortA) * (decoded.price - executionPrice);
    signal isWorse <== IsNegative(PRICE_BITS() + 2)(advantage);
    signal liquidate <== decoded.isLiquidate * (chosen.stale + isWorse);

    signal isHeld <== restricted * (1 - isEmptyA);
    signal withdraw <== decoded.isWithdraw * isHeld;
    signal shareLoss <== decoded.isShareLoss * chosen.reduceOnly;

    signal isFine <== IsZero()(withdraw + trade + liquidate + shareLoss);
    signal output out <== 1 - isFine;
}
