pragma circom 2.2.0;

/**
 * The oracle parameters of one market, in the order of their hash.
 *
 * varianceFloor     uint<32>  2^-40 per second, at least 1
 * timeConstantSec   uint<16>  of the variance's decay, at least 1
 * horizonSec        uint<24>  over which sigma is taken, at least 1
 * maintenanceBase   uint<19>  lowest maintenance rate, fraction of RATE_ONE
 * maintenanceMax    uint<19>  highest maintenance rate
 * maintenanceStep   uint<20>  most that the maintenance rate moves in 256 seconds
 * initialBase       uint<20>  lowest initial rate
 * initialMax        uint<20>  highest initial rate, but for the maintenance rate
 * initialMultiple   uint<8>   of sigma, in sixteenths
 * cooldownSec       uint<20>  of the breaker after a trip
 * fundingCap        uint<20>  highest magnitude of the funding rate, 2^-20 per 2^16 seconds
 * anchorRate        uint<20>  how far the median may stray from the anchor, fraction of RATE_ONE
 * anchorSec         uint<20>  age at which the anchor is renewed
 * escalationSec     uint<20>  a trip so soon after a breaker's end doubles the cool-down
 */
bus MarketParameters() {
    signal {maxbit} varianceFloor;
    signal {maxbit} timeConstantSec;
    signal {maxbit} horizonSec;
    signal {maxbit} maintenanceBase;
    signal {maxbit} maintenanceMax;
    signal {maxbit} maintenanceStep;
    signal {maxbit} initialBase;
    signal {maxbit} initialMax;
    signal {maxbit} initialMultiple;
    signal {maxbit} cooldownSec;
    signal {maxbit} fundingCap;
    signal {maxbit} anchorRate;
    signal {maxbit} anchorSec;
    signal {maxbit} escalationSec;
}
