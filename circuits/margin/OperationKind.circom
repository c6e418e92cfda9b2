pragma circom 2.2.0;

/**
 * Claim: is[k] = (the four digits say k), for k = 0 .. 8; all zero for 9 .. 15.
 *
 * in     digits  bits, least significant first
 * out    is      bits
 * cost   13
 * sound  products of the digits and their complements.
 */
template OperationKind() {
    signal input digits[4];

    signal both <== digits[0] * digits[1];
    var low[4] = [1 - digits[0] - digits[1] + both, digits[0] - both, digits[1] - both, both];
    signal isLow <== (1 - digits[2]) * (1 - digits[3]); // 0 .. 3
    signal isHigh <== digits[2] * (1 - digits[3]); // 4 .. 7
    signal isTop <== (1 - digits[2]) * digits[3]; // 8 .. 11

    signal output is[9];
    for (var k = 0; k < 4; k++) {
        is[k] <== low[k] * isLow;
        is[k + 4] <== low[k] * isHigh;
    }
    is[8] <== low[0] * isTop;
}
