pragma circom 2.2.0;

/**
 * Claim: out = bit ? whenOne : whenZero.
 *
 * in     bit       0 or 1: the caller has constrained it
 * in     whenOne   field
 * in     whenZero  field
 * out    out       field
 * cost   1
 * sound  one product; for a boolean bit it is the choice.
 */
template SelectField() {
    signal input bit;
    signal input whenOne;
    signal input whenZero;

    signal output out <== bit * (whenOne - whenZero) + whenZero;
}
