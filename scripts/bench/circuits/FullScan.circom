pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";
include "../../../circuits/lib/AssertUint.circom";
include "../../../circuits/lib/constants.circom";

/**
 * Claim: every one of 2^depth accounts is solvent at the given prices and root is the tree of exactly those accounts.
 * What proving solvency costs without certificates: the yardstick of the benchmark, used nowhere else. It is given every
 * advantage: one price a market and side, no signatures, no operations, a plain two-input tree.
 *
 * in   root          field  public
 * in   price[2m+s]   field  public; what a lot of market m is worth net of margin, for longs (s = 0) and shorts (s = 1)
 * in   leaf[a][i]    field  owner, key x, key y, nonce
 * in   quote[a]      int<63>
 * in   long[a][m], short[a][m]  uint<40>  the position, at most one of them not zero
 */
template FullScan(depth, markets) {
    var accounts = 2 ** depth;
    signal input root;
    signal input price[2 * markets];
    signal input leaf[accounts][4];
    signal input quote[accounts];
    signal input long[accounts][markets];
    signal input short[accounts][markets];

    signal value[accounts][markets][2];
    signal node[2 * accounts];
    component hash[accounts];
    node[0] <== 0;
    for (var a = 0; a < accounts; a++) {
        hash[a] = Poseidon(5 + markets);
        var health = quote[a];
        for (var i = 0; i < 4; i++) hash[a].inputs[i] <== leaf[a][i];
        hash[a].inputs[4] <== quote[a];
        for (var m = 0; m < markets; m++) {
            _ <== AssertUint(SIZE_BITS())(long[a][m]);
            _ <== AssertUint(SIZE_BITS())(short[a][m]);
            long[a][m] * short[a][m] === 0;
            hash[a].inputs[5 + m] <== long[a][m] - short[a][m];
            value[a][m][0] <== long[a][m] * price[2 * m];
            value[a][m][1] <== short[a][m] * price[2 * m + 1];
            health += value[a][m][0] - value[a][m][1];
        }
        _ <== AssertUint(QUOTE_BITS() + 1)(quote[a] + 2 ** QUOTE_BITS());
        _ <== AssertUint(QUOTE_BITS() + 10)(health); // 2^63 + 4 * 2^(40 + 29) < 2^73
        node[accounts + a] <== hash[a].out;
    }
    for (var i = accounts - 1; i > 0; i--) node[i] <== Poseidon(2)([node[2 * i], node[2 * i + 1]]);
    root === node[1];
}
