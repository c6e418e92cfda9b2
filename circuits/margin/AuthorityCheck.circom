pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/poseidon.circom";
include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "./SignedBy.circom";
include "./buses.circom";

/**
 * Claim: out = the operation lacks an authority that its kind asks for. Withdraw: A's signature. Trade: both. Liquidate: B's.
 * SetKey: the owner that the engine names is not A's. A signature counts with a nonce above the account's, before the expiry.
 *
 * param  markets               1 .. 4
 * param  depth                 levels of the tree
 * in     decoded               Decoded
 * in     words                 the operation's nine words
 * in     domain                field
 * in     time                  uint<40>, unix seconds, that the operation is judged at
 * in     accountA, accountB    Account, before
 * in     isOpenA, isOpenB      bit
 * out    out                   bit
 * cost   9,360
 * sound  both signatures are over Poseidon(domain, w0, w1), hashed once.
 */
template AuthorityCheck(markets, depth) {
    Decoded(markets, depth) input decoded;
    signal input words[9];
    signal input domain;
    signal input time;
    Account(markets) input accountA;
    Account(markets) input accountB;
    signal input isOpenA;
    signal input isOpenB;

    signal message <== Poseidon(3)([domain, words[0], words[1]]);
    signal signedA <== SignedBy()(
        isOpenA, accountA.keyX, accountA.keyY, accountA.nonce, decoded.nonceA, [words[3], words[4], words[5]], message
    );
    signal signedB <== SignedBy()(
        isOpenB, accountB.keyX, accountB.keyY, accountB.nonce, decoded.nonceB, [words[6], words[7], words[8]], message
    );
    signal isExpired <== IsNegative(TIME_BITS())(decoded.expiry - time);
    signal isOwner <== IsZero()(words[3] - accountA.owner);

    signal withdraw <== decoded.isWithdraw * (1 - signedA + isExpired);
    signal trade <== decoded.isTrade * (2 - signedA - signedB + isExpired);
    signal liquidate <== decoded.isLiquidate * (1 - signedB + isExpired);
    signal setKey <== decoded.isSetKey * (1 - isOwner);

    signal isFine <== IsZero()(withdraw + trade + liquidate + setKey);
    signal output out <== 1 - isFine;
}
