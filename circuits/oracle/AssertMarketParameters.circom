pragma circom 2.2.0;

include "../lib/AssertUint.circom";
include "../lib/constants.circom";
include "./MarketParameters.circom";

/**
 * Claim: the fourteen fields have the widths of MarketParameters. Their order among each other (base <= max) is checked
 * where parameters are made; the round transition is total and unique without it.
 *
 * in     fields  field, any; in the order of MarketParameters
 * out    out     MarketParameters
 * cost   278
 * sound  one range check a field.
 */
template AssertMarketParameters() {
    signal input fields[14];
    output MarketParameters() out;

    out.varianceFloor <== AssertUint(VARIANCE_BITS())(fields[0]);
    out.timeConstantSec <== AssertUint(16)(fields[1]);
    out.horizonSec <== AssertUint(24)(fields[2]);
    out.maintenanceBase <== AssertUint(MAINTENANCE_BITS())(fields[3]);
    out.maintenanceMax <== AssertUint(MAINTENANCE_BITS())(fields[4]);
    out.maintenanceStep <== AssertUint(RATE_BITS())(fields[5]);
    out.initialBase <== AssertUint(RATE_BITS())(fields[6]);
    out.initialMax <== AssertUint(RATE_BITS())(fields[7]);
    out.initialMultiple <== AssertUint(8)(fields[8]);
    out.cooldownSec <== AssertUint(20)(fields[9]);
    out.fundingCap <== AssertUint(RATE_BITS())(fields[10]);
    out.anchorRate <== AssertUint(RATE_BITS())(fields[11]);
    out.anchorSec <== AssertUint(20)(fields[12]);
    out.escalationSec <== AssertUint(20)(fields[13]);
}
