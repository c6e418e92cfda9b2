pragma circom 2.2.0;

include "../lib/Clamp.circom";
include "../lib/FloorShift.circom";
include "../lib/constants.circom";
include "./MarketParameters.circom";

/**
 * Claim: the maintenance rate moves towards clamp(sigma, base, max), by at most floor(maintenanceStep * elapsed / 256),
 * so that the response to a move does not itself liquidate.
 *
 * in     rate        uint<19>  fraction of RATE_ONE, tagged: the old rate
 * in     sigma       uint<28>  fraction of RATE_ONE, tagged
 * in     elapsed     uint<16>  seconds, tagged
 * in     parameters  MarketParameters
 * out    out         uint<19>  fraction of RATE_ONE, tagged
 * cost   159
 * sound  target <= maintenanceMax < 2^19. [rate - step, rate + step] contains rate, so the result lies between rate and
 *        target. Differences: |sigma - base| < 2^28; |target - (rate - step)| < 2^28 + 2^20 < 2^29.
 */
template MaintenanceRate() {
    signal input {maxbit} rate;
    signal input {maxbit} sigma;
    signal input {maxbit} elapsed;
    input MarketParameters() parameters;
    assert(rate.maxbit <= MAINTENANCE_BITS() && sigma.maxbit <= 28 && elapsed.maxbit <= ELAPSED_BITS());
    assert(parameters.maintenanceBase.maxbit <= MAINTENANCE_BITS());
    assert(parameters.maintenanceMax.maxbit <= MAINTENANCE_BITS());
    assert(parameters.maintenanceStep.maxbit <= RATE_BITS());

    signal target <== Clamp(28)(sigma, parameters.maintenanceBase, parameters.maintenanceMax);
    component step = FloorShift(28, 8);
    step.numerator <== parameters.maintenanceStep * elapsed; // 36 bits
    _ <== step.remainder;
    signal output {maxbit} out;
    out.maxbit = MAINTENANCE_BITS();
    out <== Clamp(29)(target, rate - step.out, rate + step.out);
}
