pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./buses.circom";

/**
 * Claim: out = the price forbids the operation. Trade: the price is 0 or further than `band` from the mark, or the market is
 * reduce-only and one side does not reduce. Liquidate: the market is stale, or the price is worse than the liquidator's limit.
 *
 * param  markets         1 .. 4
 * param  depth           levels of the tree
 * in     decoded         Decoded
 * in     chosen          Chosen
 * in     executionPrice  int<28>, ticks
 * in     isShortA        bit, A's side before
 * in     bothReduce      bit
 * out    out             bit
 * cost   96
 * sound  every compared difference is below 2^29.
 */
template PriceCheck(markets, depth) {
    Decoded(markets, depth) input decoded;
    Chosen() input chosen;
    signal input executionPrice;
    signal input isShortA;
    signal input bothReduce;

    signal isFree <== IsZero()(decoded.price);
    signal isHigh <== IsNegative(PRICE_BITS() + 1)(chosen.mark + chosen.band - decoded.price);
    signal isLow <== IsNegative(PRICE_BITS() + 1)(decoded.price - chosen.mark + chosen.band);
    signal isBarred <== chosen.reduceOnly * (1 - bothReduce);
    signal trade <== decoded.isTrade * (isFree + isHigh + isLow + isBarred);

    // B takes over a long by buying: it pays at most its limit. It takes over a short by selling: it gets at least its limit.
    signal advantage <== (1 - 2 * isShortA) * (decoded.price - executionPrice);
    signal isWorse <== IsNegative(PRICE_BITS() + 2)(advantage);
    signal liquidate <== decoded.isLiquidate * (chosen.stale + isWorse);

    signal isFine <== IsZero()(trade + liquidate);
    signal output out <== 1 - isFine;
}
