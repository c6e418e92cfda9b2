pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: charged is market with the loss indices added to the funding indices of both sides.
 *
 * param  markets              1 .. 4
 * in     market               Market, without losses
 * in     lossLong, lossShort  int<25> or -2^25, ticks
 * out    charged              Market
 * cost   0 (linear)
 * sound  sums of 25 and 25 bits: an index has 26.
 */
template ChargedMarkets(markets) {
    Market() input market[markets];
    signal input lossLong[markets];
    signal input lossShort[markets];

    Market() output charged[markets];
    for (var m = 0; m < markets; m++) {
        charged[m].mark <== market[m].mark;
        charged[m].low <== market[m].low;
        charged[m].high <== market[m].high;
        charged[m].indexLong <== market[m].indexLong + lossLong[m];
        charged[m].indexShort <== market[m].indexShort + lossShort[m];
        charged[m].marginTicks <== market[m].marginTicks;
        charged[m].kappaLong <== market[m].kappaLong - lossLong[m];
        charged[m].kappaShort <== market[m].kappaShort - lossShort[m];
        charged[m].initialRate <== market[m].initialRate;
        charged[m].sizeSlope <== market[m].sizeSlope;
        charged[m].openInterestSlope <== market[m].openInterestSlope;
        charged[m].weight <== market[m].weight;
        charged[m].band <== market[m].band;
        charged[m].discount <== market[m].discount;
        charged[m].penalty <== market[m].penalty;
        charged[m].freshUntil <== market[m].freshUntil;
        charged[m].breakerUntil <== market[m].breakerUntil;
    }
}
