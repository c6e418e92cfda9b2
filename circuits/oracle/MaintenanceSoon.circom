pragma circom 2.2.0;

include "../lib/Clamp.circom";
include "../lib/FloorShift.circom";
include "../lib/constants.circom";
include "./MarketParameters.circom";

/**
 * Claim: out = clamp(maintenanceMax, rate, rate + floor(maintenanceStep * 300 / 256)): the highest that the maintenance
 * rate can come to within the notice of 300 seconds, however volatility moves.
 *
 * in     rate        uint<19>  fraction of RATE_ONE, tagged: the new maintenance rate
 * in     parameters  MarketParameters
 * out    out         uint<19>  fraction of RATE_ONE, tagged
 * cost   77
 * sound  maintenanceStep * 300 < 2^29. out <= max(rate, maintenanceMax) < 2^19; differences below 2^19 + 2^21 < 2^22.
 */
template MaintenanceSoon() {
    signal input {maxbit} rate;
    input MarketParameters() parameters;
    assert(rate.maxbit <= MAINTENANCE_BITS() && parameters.maintenanceMax.maxbit <= MAINTENANCE_BITS());
    assert(parameters.maintenanceStep.maxbit <= RATE_BITS());

    component rise = FloorShift(21, 8);
    rise.numerator <== parameters.maintenanceStep * NOTICE_SEC(); // 29 bits
    _ <== rise.remainder;
    signal output {maxbit} out;
    out.maxbit = MAINTENANCE_BITS();
    out <== Clamp(22)(parameters.maintenanceMax, rate, rate + rise.out);
}
