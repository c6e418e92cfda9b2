pragma circom 2.2.0;

include "../lib/Max.circom";
include "../lib/SquareRootDown.circom";
include "../lib/constants.circom";

/**
 * Claim: out = floor(sqrt(max(variance, varianceFloor) * horizonSec)): one standard deviation over the horizon.
 *
 * in     variance       uint<32>  2^-40 per second, tagged
 * in     varianceFloor  uint<32>  2^-40 per second, tagged
 * in     horizonSec     uint<24>  seconds, tagged
 * out    out            uint<28>  fraction of RATE_ONE, tagged (may be above 1)
 * cost   122
 * sound  56 bits under the root, 28 bits of root.
 */
template HorizonSigma() {
    signal input {maxbit} variance;
    signal input {maxbit} varianceFloor;
    signal input {maxbit} horizonSec;
    assert(horizonSec.maxbit <= 24);

    signal {maxbit} effective <== Max(VARIANCE_BITS())(variance, varianceFloor);
    signal overHorizon <== effective * horizonSec; // 32 + 24 bits
    signal output {maxbit} out <== SquareRootDown(28)(overHorizon);
}
