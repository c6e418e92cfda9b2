pragma circom 2.2.0;

include "./AssertClampedQuotient.circom";

/** clamp(floor(numerator / divisor), -2^q, 2^q). Hint only; see AssertClampedQuotient for claim, widths, cost, soundness. */
template ClampedQuotient(numeratorBits, divisorBits, q) {
    signal input numerator;
    signal input divisor;

    var limit = 1 << q;
    var floored = numerator < 0 ? -((divisor - numerator - 1) \ divisor) : numerator \ divisor;
    signal isAbove <-- floored >= limit ? 1 : 0;
    signal isBelow <-- floored < -limit ? 1 : 0;
    signal quotient <-- isAbove == 1 ? limit : (isBelow == 1 ? -limit : floored);
    signal output out <== AssertClampedQuotient(numeratorBits, divisorBits, q)(numerator, divisor, quotient, isAbove, isBelow);
}
