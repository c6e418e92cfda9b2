pragma circom 2.2.0;

// Widths of candidate values: what an operation would lead to before its validity is known, for any content of its words.
// Before the operation |size| < 2^40, |quote| <= 2^63, openInterest < 2^44, insurance < 2^63 (every state is legal); at most 4 markets.

/** |size + moved| < 2^40 + 2^40 */
function CANDIDATE_SIZE_BITS() { return 41; }
/** |quote| + |flow| + fees: 2^63 + 2 * 2^40 * 2^28 (price less index) + 2^66 (penalty) + 2^63 (amount);
    or of a backstop 3 * 2^63 + 4 * 2^41 * 2^26 (indices' difference);
    or of shared losses 2 * 2^63 + 2^64 + 3 * 2^68 + 2^45 (quote, insurance, a deficit rounded up to ticks a lot): below 2^70 */
function CANDIDATE_QUOTE_BITS() { return 70; }
/** |quote| + 4 * 2^41 * 2^28 < 2^72: health, and equity at the worse price */
function CANDIDATE_HEALTH_BITS() { return 72; }
/** 2^72 * 2^40 + 4 * 2^41 * 2^27 * (2^20 * 2^20 + 2^41 * 2^24 + 2^45 * 2^24) < 2^112 + 2^140 < 2^141 */
function CANDIDATE_SLACK_BITS() { return 141; }
/** 2^44 + 2 * 2^41 < 2^45 */
function CANDIDATE_OPEN_INTEREST_BITS() { return 45; }
/** 2^63 + 2 * 2^63 + 2^40 * 2^26 < 2^67 */
function CANDIDATE_INSURANCE_BITS() { return 67; }
/** sum of quote 2^73, two changes of 2^71, insurance 2^67, 4 * 2^26 * 2^45 = 2^73: below 2^75 */
function CANDIDATE_LIABILITIES_BITS() { return 75; }

/** |equity of account 0 + insurance|: 2^63 + 4 * 2^40 * (2^27 + 2^26) + 2^63 = 2^64 + 3 * 2^68 < 2^70 */
function SHORTFALL_BITS() { return 70; }
/** open interest of both sides of a market: 2 * 2^44 */
function CHARGED_LOTS_BITS() { return 45; }
/** notional of a market's open interest: 2^44 * 2^27 */
function NOTIONAL_BITS() { return 71; }
/** the ticks a lot that a loss index can move, from one end of its range to the other: a rise is cut at 2^26, which is too much */
function RISE_BITS() { return 26; }

/** |health| of a legal account: 2^63 + 4 * 2^40 * 2^28 < 2^71 */
function HEALTH_BITS() { return 71; }
/** sum of |size| * weight: 4 * 2^40 * 2^28 = 2^70, and below it */
function RISK_BITS() { return 70; }
/** the slack per unit of risk is cut to [-2^49, 2^49] */
function SLACK_BITS() { return 49; }
/** bits of account 0's deficit in the totals word */
function DEFICIT_BITS() { return 76; }
