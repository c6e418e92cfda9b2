pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/IsNegative.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: out = the margins forbid the operation.
 * Withdraw: A is below the initial margin after. Trade: a side is below it after and does not reduce its position without worse
 * health, or is left empty and owing. Liquidate: A (other than account 0) was healthy before, or is worse after, or a lot less
 * would have brought it back; or A is left empty and owing; or B is below the initial margin after. Backstop: A was healthy
 * before. ShareLoss: there is no deficit, or another market has a larger exposure. Any: the vault would owe less than nothing.
 *
 * param  markets                  1 .. 4
 * param  depth                    levels of the tree
 * in     decoded                  Decoded
 * in     chosen                   Chosen
 * in     sideA, sideB             Side
 * in     reducesA, reducesB       bit
 * in     hasNegativeLiabilities   bit, after
 * in     isDue                    bit: losses may be shared in the named market
 * out    out                      bit
 * cost   308
 * sound  healths are below 2^72, their differences and health + size * gain (40 + 28 bits) below 2^73; conditions are counted.
 */
template MarginCheck(markets, depth) {
    Decoded(markets, depth) input decoded;
    Chosen() input chosen;
    Side(markets) input sideA;
    Side(markets) input sideB;
    signal input reducesA;
    signal input reducesB;
    signal input hasNegativeLiabilities;
    signal input isDue;

    signal isSickA <== IsNegative(CANDIDATE_HEALTH_BITS())(sideA.healthBefore);
    signal isWorseA <== IsNegative(CANDIDATE_HEALTH_BITS() + 1)(sideA.healthAfter - sideA.healthBefore);
    signal isWorseB <== IsNegative(CANDIDATE_HEALTH_BITS() + 1)(sideB.healthAfter - sideB.healthBefore);

    signal soundReductionA <== reducesA * (1 - isWorseA);
    signal soundReductionB <== reducesB * (1 - isWorseB);
    signal riskA <== (1 - sideA.initialOk) * (1 - soundReductionA);
    signal riskB <== (1 - sideB.initialOk) * (1 - soundReductionB);

    signal gained <== (decoded.size - 1) * chosen.gain;
    signal stillSick <== IsNegative(CANDIDATE_HEALTH_BITS() + 1)(sideA.healthBefore + gained);
    signal needless <== (1 - decoded.isFirstA) * (1 - isSickA + isWorseA + 1 - stillSick);

    signal withdraw <== decoded.isWithdraw * (1 - sideA.initialOk);
    signal trade <== decoded.isTrade * (riskA + riskB + 1 - sideA.flatOk + 1 - sideB.flatOk);
    signal liquidate <== decoded.isLiquidate * (needless + 1 - sideA.flatOk + 1 - sideB.initialOk);
    signal backstop <== decoded.isBackstop * (1 - isSickA);
    signal shareLoss <== decoded.isShareLoss * (1 - isDue);

    signal isFine <== IsZero()(withdraw + trade + liquidate + backstop + shareLoss + hasNegativeLiabilities);
    signal output out <== 1 - isFine;
}
