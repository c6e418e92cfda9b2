pragma circom 2.2.0;

include "../lib/Clamp.circom";
include "../lib/FloorShift.circom";
include "../lib/Max.circom";
include "../lib/constants.circom";
include "./MaintenanceSoon.circom";
include "./MarketParameters.circom";

/**
 * Claim: out = max(clamp(floor(sigma * initialMultiple / 16), initialBase, initialMax), MaintenanceSoon). It moves at
 * once: it binds only those who add risk or take value out. Whoever meets it cannot fall below maintenance within the
 * notice while prices stand.
 *
 * in     sigma            uint<28>  fraction of RATE_ONE, tagged
 * in     maintenanceRate  uint<19>  fraction of RATE_ONE, tagged: the new one
 * in     parameters       MarketParameters
 * out    out              uint<20>  fraction of RATE_ONE, tagged
 * cost   204
 * sound  28 + 8 bits of product; the clamp ends below initialMax < 2^20; differences below 2^32.
 */
template InitialRate() {
    signal input {maxbit} sigma;
    signal input {maxbit} maintenanceRate;
    input MarketParameters() parameters;
    assert(sigma.maxbit <= 28 && parameters.initialMultiple.maxbit <= 8);
    assert(parameters.initialBase.maxbit <= RATE_BITS() && parameters.initialMax.maxbit <= RATE_BITS());

    component target = FloorShift(32, 4);
    target.numerator <== sigma * parameters.initialMultiple; // 36 bits
    _ <== target.remainder;
    signal {maxbit} bounded;
    bounded.maxbit = RATE_BITS();
    bounded <== Clamp(32)(target.out, parameters.initialBase, parameters.initialMax);
    signal output {maxbit} out <== Max(RATE_BITS())(bounded, MaintenanceSoon()(maintenanceRate, parameters));
}
