pragma circom 2.2.0;

include "./buses.circom";

/**
 * Claim: which sides of the named market pay for a loss of the account, and how many lots they hold together: the side opposite to its
 * position there; both when it has no position in any market; none when it has one elsewhere only.
 *
 * param  markets       1 .. 4
 * in     selector      bits, at most one set: the named market
 * in     isEmpty       bit: the account has no position at all
 * in     position      Position of the account in the named market, before
 * in     openInterest  uint<44>, lots
 * out    long, short   bits: longs pay, shorts pay
 * out    lots          uint<45>, lots; zero when no market is named
 * cost   1 + 1 per market
 * sound  a position is short, long or flat; an empty account is flat everywhere, so no side is counted twice.
 */
template ChargedSides(markets) {
    signal input selector[markets];
    signal input isEmpty;
    Position() input position;
    signal input openInterest[markets];

    signal part[markets];
    var named = 0;
    var held = 0;
    for (var m = 0; m < markets; m++) {
        part[m] <== selector[m] * openInterest[m];
        named += selector[m];
        held += part[m];
    }
    signal output long <== isEmpty + position.isShort;
    signal output short <== isEmpty + named - position.isFlat - position.isShort;
    signal output lots <== held * (long + short);
}
