pragma circom 2.2.0;

include "circomlib/circuits/comparators.circom";
include "../lib/constants.circom";
include "./IsWithin.circom";
include "./buses.circom";
include "./widths.circom";

/**
 * Claim: what the totals would be after the operation, and whether they would stay in their ranges.
 *
 * param  markets             1 .. 4
 * in     totals              Totals, before
 * in     market              Market
 * in     openInterestAfter   int<45>, lots
 * in     changeQuote         int<72>, quote units, of both accounts, less what holders of positions are charged: the loss indices
 *                            take as much from the liabilities
 * in     changeInsurance     int<67>, quote units
 * out    fits                bit: open interest in [0, 2^44), insurance in [0, 2^63), liabilities below 2^63
 * out    isNegative          bit: liabilities below 0
 * cost   152 + 50 per market
 * sound  IsWithin; budgets in widths.circom: (indexLong - indexShort) 26 + open interest 45 bits a product.
 */
template TotalsChange(markets) {
    Totals(markets) input totals;
    Market() input market[markets];
    signal input openInterestAfter[markets];
    signal input changeQuote;
    signal input changeInsurance;

    signal shared[markets];
    component lots[markets];
    signal badLots[markets];
    var liabilities = totals.sumQuote + changeQuote + totals.insurance + changeInsurance;
    var misfits = 0;
    for (var m = 0; m < markets; m++) {
        shared[m] <== (market[m].indexLong - market[m].indexShort) * openInterestAfter[m];
        liabilities -= shared[m];
        lots[m] = IsWithin(OPEN_INTEREST_BITS(), CANDIDATE_OPEN_INTEREST_BITS());
        lots[m].in <== openInterestAfter[m];
        badLots[m] <== 1 - lots[m].fits * (1 - lots[m].negative);
        misfits += badLots[m];
    }

    component insurance = IsWithin(QUOTE_BITS(), CANDIDATE_INSURANCE_BITS());
    insurance.in <== totals.insurance + changeInsurance;
    signal badInsurance <== 1 - insurance.fits * (1 - insurance.negative);

    component owed = IsWithin(QUOTE_BITS(), CANDIDATE_LIABILITIES_BITS());
    owed.in <== liabilities;
    signal tooMuch <== (1 - owed.fits) * (1 - owed.negative);

    signal output fits <== IsZero()(misfits + badInsurance + tooMuch);
    signal output isNegative <== owed.negative;
}
