pragma circom 2.2.0;

include "../lib/constants.circom";

// Curve arithmetic for hints only: nothing here is a constraint.

/** P + Q in projective Edwards coordinates; complete. */
function jubjubAdd(p, q) {
    var a = p[2] * q[2];
    var b = a * a;
    var c = p[0] * q[0];
    var d = p[1] * q[1];
    var e = JUBJUB_D() * c * d;
    var f = b - e;
    var g = b + e;
    return [a * f * ((p[0] + p[1]) * (q[0] + q[1]) - c - d), a * g * (d - JUBJUB_A() * c), f * g];
}

/** scalar * P in projective Edwards coordinates; scalar below 2^252. */
function jubjubMultiply(p, scalar) {
    var out[3] = [0, 1, 1];
    for (var i = 251; i >= 0; i--) {
        out = jubjubAdd(out, out);
        if (((scalar >> i) & 1) == 1) {
            out = jubjubAdd(out, p);
        }
    }
    return out;
}

/**
 * Splits a point of the curve into 8 * P + T_j.
 * returns [P.x, P.y, j]
 */
function jubjubSplit(x, y) {
    var l = JUBJUB_ORDER_LESS_ONE() + 1;
    var torsion[3] = jubjubMultiply([x, y, 1], l); // l = 1 mod 8, so this is T_j itself
    var generator[3] = [TORSION_ONE_X(), TORSION_ONE_Y(), 1];

    var j = 0;
    var candidate[3] = [0, 1, 1];
    while (j < 7 && (candidate[0] * torsion[2] != torsion[0] * candidate[2] || candidate[1] * torsion[2] != torsion[1] * candidate[2])) {
        candidate = jubjubAdd(candidate, generator);
        j += 1;
    }
    candidate[0] = -candidate[0];
    var eighth[3] = jubjubMultiply(jubjubAdd([x, y, 1], candidate), (7 * l + 1) / 8);
    return [eighth[0] / eighth[2], eighth[1] / eighth[2], j];
}
