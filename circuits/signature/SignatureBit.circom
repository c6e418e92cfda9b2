pragma circom 2.2.0;

include "circomlib/circuits/babyjub.circom";
include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/compconstant.circom";
include "circomlib/circuits/escalarmulany.circom";
include "circomlib/circuits/poseidon.circom";
include "../lib/constants.circom";
include "./IsOnCurve.circom";
include "./MultiplyBase8.circom";
include "./MultiplyByEight.circom";
include "./SelectPoint.circom";

/**
 * Claim: valid = ((R8, S) is an EdDSA-Poseidon signature of message under key), that is: R8 is on the curve, S < l as
 * the canonical integer, and S * Base8 = R8 + h * 8 * key with h = Poseidon(R8, key, message). Provable for every
 * value of R8, S and message; the bit is a function of the inputs, so the prover chooses nothing.
 *
 * in     keyX     field; key is of order l: a key that KeyBit accepted, or Base8
 * in     keyY     field
 * in     R8x      field, any
 * in     R8y      field, any
 * in     S        field, any
 * in     message  field, any
 * out    valid    bit
 * cost   4,481
 * sound  An R8 off the curve is replaced by Base8 and the bit is 0. S and h are split into their canonical 254 digits.
 *        An S of l or more gives 0, whatever the digits left out of the product. 8 * key has order l, so EscalarMulAny
 *        meets no exceptional addition; MultiplyBase8 has none; BabyAdd is complete on the curve.
 */
template SignatureBit() {
    signal input keyX;
    signal input keyY;
    signal input R8x;
    signal input R8y;
    signal input S;
    signal input message;

    signal onCurve <== IsOnCurve()(R8x, R8y);
    component commitment = SelectPoint();
    commitment.bit <== onCurve;
    commitment.x <== R8x;
    commitment.y <== R8y;

    signal digitsOfS[254] <== Num2Bits_strict()(S);
    signal tooLarge <== CompConstant(JUBJUB_ORDER_LESS_ONE())(digitsOfS);
    component left = MultiplyBase8();
    for (var i = 0; i < 252; i++) {
        left.digits[i] <== digitsOfS[i];
    }

    signal digest <== Poseidon(5)([R8x, R8y, keyX, keyY, message]);
    signal digitsOfDigest[254] <== Num2Bits_strict()(digest);
    component eightKey = MultiplyByEight();
    eightKey.x <== keyX;
    eightKey.y <== keyY;
    signal product[2] <== EscalarMulAny(254)(digitsOfDigest, [eightKey.outX, eightKey.outY]);

    component right = BabyAdd();
    right.x1 <== commitment.outX;
    right.y1 <== commitment.outY;
    right.x2 <== product[0];
    right.y2 <== product[1];

    signal sameX <== IsEqual()([left.outX, right.xout]);
    signal sameY <== IsEqual()([left.outY, right.yout]);
    signal same <== sameX * sameY;
    signal canonical <== onCurve * (1 - tooLarge);
    signal output valid <== same * canonical;
}
