/** Every operator of circom on signals, and the shapes of code that its C++ takes: loops, tables, arrays, recursion, components. */
export const OPERATORS = `pragma circom 2.2.0;
function power(base, exponent) {
    if (exponent == 0) { return 1; }
    return base * power(base, exponent - 1);
}
function table() {
    return [11, 7, 21888242871839275222246405745257275088548364400416034343698204186575808495616, 1 << 70, 5, 6, 7, 8];
}
function gcd(a, b) {
    var x = a;
    var y = b;
    while (y != 0) {
        var rest = x % y;
        x = y;
        y = rest;
    }
    return x;
}
template Spoiled(weights) {
    signal input value;
    signal output sum;
    var t[8] = table();
    var total = 0;
    for (var i = 0; i < 8; i++) {
        if (i % 2 == 1) { t[i] += value; }
        total += t[i] * weights[i];
    }
    t[value & 7] = 0;
    for (var i = 0; i < 8; i++) { total += t[i]; }
    sum <-- total;
}
template Pair() {
    signal input values[2];
    signal output first;
    signal output values2[2];
    first <-- values[0] ** 5;
    for (var i = 0; i < 2; i++) { values2[i] <== values[i] * values[1 - i]; }
}
template Operators() {
    signal input a;
    signal input b;
    signal input many[2][3];
    signal output out[34];
    var safe = b == 0 ? 1 : b;
    out[0] <-- a + b;
    out[1] <-- a - b;
    out[2] <-- a * b;
    out[3] <-- -a;
    out[4] <-- b == 0 ? 0 : a / b;
    out[5] <-- a \\ safe;
    out[6] <-- a % safe;
    out[7] <-- a ** b;
    out[8] <-- a << b;
    out[9] <-- a >> b;
    out[10] <-- a & b;
    out[11] <-- a | b;
    out[12] <-- a ^ b;
    out[13] <-- ~a;
    out[14] <-- !a;
    out[15] <-- a && b;
    out[16] <-- a || b;
    out[17] <-- a == b;
    out[18] <-- a != b;
    out[19] <-- a < b;
    out[20] <-- a > b;
    out[21] <-- a <= b;
    out[22] <-- a >= b;
    out[23] <-- (a >> 200) & 1;
    out[24] <-- (~a & b) - (a | b) * (a - b);
    out[25] <-- power(a, 9) + power(b, 3);
    out[26] <-- gcd(a & 0xffffffff, b & 0xffffff);
    component spoiled[3];
    for (var i = 0; i < 3; i++) {
        spoiled[i] = Spoiled([1, 2, 3, 4, 5, 6, 7, 1 << 130]);
        spoiled[i].value <== i == 1 ? b : a;
        out[27 + i] <== spoiled[i].sum;
    }
    component pair = Pair();
    pair.values <== [a, b];
    out[30] <== pair.first + pair.values2[1];
    var sum = 0;
    for (var i = 0; i < 2; i++) { for (var j = 0; j < 3; j++) { sum += many[i][j] * (i + 3 * j + 1); } }
    out[31] <== sum;
    out[32] <-- many[a & 1][(b & 0xff) % 3];
    out[33] <-- (a << 3) >> (0 - 4) < (b >> (0 - 2)) ? a - b - 1 : b * b - a;
}
component main { public [a, b, many] } = Operators();
`;

/** A range check and an assertion on a value, to fail on. */
export const CHECKS = `pragma circom 2.2.0;
include "circomlib/circuits/bitify.circom";
template Even() {
    signal input value;
    signal half <-- value >> 1;
    value === 2 * half;
}
template Checks() {
    signal input narrow;
    signal input even;
    signal input small;
    signal bits[64] <== Num2Bits(64)(narrow);
    Even()(even);
    assert(small < 10);
    signal output top <== bits[63] * small;
}
component main { public [small] } = Checks();
`;

/** Divisions, of a kind that an input names, by a difference: a zero then has every form that an element can have. */
export const DIVISIONS = `pragma circom 2.2.0;
template Divisions() {
    signal input kind;
    signal input value;
    signal input minuend;
    signal input subtrahend;
    signal output out;
    var divisor = minuend - subtrahend;
    var result = 0;
    if (kind == 0) { result = value / divisor; }
    if (kind == 1) { result = value \\ divisor; }
    if (kind == 2) { result = value % divisor; }
    out <-- result;
}
component main = Divisions();
`;
