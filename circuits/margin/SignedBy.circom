pragma circom 2.2.0;

include "../lib/IsNegative.circom";
include "../lib/constants.circom";
include "../signature/SelectPoint.circom";
include "../signature/SignatureBit.circom";

/**
 * Claim: out = the signature is valid under the account's key and the operation's nonce exceeds the account's.
 *
 * in     isOpen          bit: a closed account has no key, Base8 takes its place and the rules ignore the answer
 * in     keyX, keyY      field, a valid key when open: KeyBit accepted it when it was stored
 * in     accountNonce    uint<40>
 * in     operationNonce  uint<40>
 * in     signature       R8x, R8y, S: field elements, any
 * in     message         field
 * out    out             bit
 * cost   4,525
 * sound  SignatureBit and IsNegative.
 */
template SignedBy() {
    signal input isOpen;
    signal input keyX;
    signal input keyY;
    signal input accountNonce;
    signal input operationNonce;
    signal input signature[3];
    signal input message;

    component key = SelectPoint();
    key.bit <== isOpen;
    key.x <== keyX;
    key.y <== keyY;
    signal isValid <== SignatureBit()(key.outX, key.outY, signature[0], signature[1], signature[2], message);
    signal isFresh <== IsNegative(NONCE_BITS())(accountNonce - operationNonce);
    signal output out <== isValid * isFresh;
}
