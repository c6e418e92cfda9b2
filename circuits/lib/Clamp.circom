pragma circom 2.2.0;

include "./IsNegative.circom";
include "./SelectField.circom";

/**
 * Claim: out = min(max(in, lower), upper), for signed values; lower <= upper is the caller's.
 *
 * param  n      bits: |in - lower| and |upper - max(in, lower)| must be below 2^n, which the template checks
 * in     in     field, signed; the caller knows that it is an integer of far fewer than 252 bits
 * in     lower  field, signed; the same
 * in     upper  field, signed; the same
 * out    out    field, signed
 * cost   2n + 4
 * sound  IsNegative range-checks each difference that it judges, so no sign is taken of a wrapped value.
 */
template Clamp(n) {
    signal input in;
    signal input lower;
    signal input upper;

    signal below <== IsNegative(n)(in - lower);
    signal raised <== SelectField()(below, lower, in);
    signal above <== IsNegative(n)(upper - raised);
    signal output out <== SelectField()(above, upper, raised);
}
