pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./buses.circom";

/**
 * Claim: out[m] = the price of market m was no longer fresh at the given time.
 *
 * param  markets  1 .. 4
 * in     market   Market
 * in     time     uint<40>, unix seconds
 * out    out      bit each
 * cost   42 per market
 * sound  freshUntil is below 2^40 + 2^20.
 */
template StaleMarkets(markets) {
    Market() input market[markets];
    signal input time;

    signal output out[markets];
    for (var m = 0; m < markets; m++) {
        out[m] <== IsNegative(TIME_BITS() + 1)(market[m].freshUntil - time);
    }
}
