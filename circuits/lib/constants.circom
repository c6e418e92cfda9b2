pragma circom 2.2.0;

// Widths, scales and curve constants: the only place in the circuits where these numbers are written.
// The twins are verifier/model/constants.ts and contracts/libraries; a test compares them.

/** bits of a price in ticks: 1 <= price < 2^27 */
function PRICE_BITS() { return 27; }
/** bits of the magnitude of a position in lots: |size| < 2^40 */
function SIZE_BITS() { return 40; }
/** bits of the magnitude of a quote balance: -2^63 <= quote < 2^63 */
function QUOTE_BITS() { return 63; }
/** bits of an amount of quote units: 0 <= amount < 2^63 */
function AMOUNT_BITS() { return 63; }
/** bits of the magnitude of one funding or loss index, in ticks */
function INDEX_BITS() { return 25; }
/** bits of a fraction of RATE_ONE */
function RATE_BITS() { return 20; }
/** 1.0 of a rate */
function RATE_ONE() { return 1 << 20; }
/** bits of a maintenance rate: below one half */
function MAINTENANCE_BITS() { return 19; }
/** bits of the magnitude of a bound price, in ticks */
function BOUND_BITS() { return 28; }
/** bits of one lane of a box */
function LANE_BITS() { return 29; }
/** bits between two lanes of a packed box */
function LANE_STRIDE() { return 31; }
/** bits of a market's open interest, in lots */
function OPEN_INTEREST_BITS() { return 44; }
/** bits of a variance, unit 2^-40 per second */
function VARIANCE_BITS() { return 32; }
/** fractional bits of a variance: its unit is 2^-40 per second */
function VARIANCE_SCALE_BITS() { return 40; }
/** bits of a unix time in seconds */
function TIME_BITS() { return 40; }
/** bits of a round number */
function ROUND_BITS() { return 40; }
/** bits of a nonce */
function NONCE_BITS() { return 40; }
/** bits of an account index in an operation word */
function ACCOUNT_BITS() { return 32; }
/** bits of a volatility-weighted price */
function WEIGHT_BITS() { return 28; }
/** fractional bits of a certificate's slack per unit of weight (the k of the certificate rule) */
function CERTIFICATE_BITS() { return 20; }
/** fractional bits of a funding index */
function FUNDING_FRACTION_BITS() { return 36; }
/** bits of the value at risk, in quote units (a tier's threshold has one more) */
function TVL_BITS() { return 63; }
/** the longest elapsed time that a round counts, in seconds: 2^16 - 1 */
function ELAPSED_MAX() { return 65535; }
/** bits of an elapsed time that a round counts, in seconds */
function ELAPSED_BITS() { return 16; }
/** bits of a breaker's level */
function BREAKER_LEVEL_BITS() { return 2; }
/** the highest level: the cool-down is eight times as long */
function BREAKER_LEVEL_MAX() { return 3; }
/** seconds for which maintenance cannot overtake an initial rate */
function NOTICE_SEC() { return 300; }
/** words of one operation */
function OPERATION_WORDS() { return 9; }
/** words of one report: reportWord, R8x, R8y, S */
function REPORT_WORDS() { return 4; }

/** BabyJubjub: coefficient a of a*x^2 + y^2 = 1 + d*x^2*y^2 */
function JUBJUB_A() { return 168700; }
/** BabyJubjub: coefficient d */
function JUBJUB_D() { return 168696; }
/** l - 1, where l is the prime order of the subgroup */
function JUBJUB_ORDER_LESS_ONE() {
    return 2736030358979909402780800718157159386076813972158567259200215660948447373040;
}
/** x of Base8, the generator of the prime-order subgroup */
function BASE8_X() { return 5299619240641551281634865583518297030282874472190772894086521144482721001553; }
/** y of Base8 */
function BASE8_Y() { return 16950150798460657717958625567821834550301663161624707787222815936182638968203; }
/** x of 2^246 * Base8, the base of the upper digits of a scalar */
function BASE8_SHIFTED_X() { return 8448361671856611094368094893873528300213448016874278049008935486981108396466; }
/** y of 2^246 * Base8 */
function BASE8_SHIFTED_Y() { return 3719130040286663224590128240427185068966755285258175280098621282171226423213; }
/** x of T_1, a point of order 8 */
function TORSION_ONE_X() { return 4342719913949491028786768530115087822524712248835451589697801404893164183326; }
/** y of T_1 */
function TORSION_ONE_Y() { return 4826523245007015323400664741523384119579596407052839571721035538011798951543; }
/** x of T_2 = 2 * T_1, a point of order 4 (its y is 0) */
function TORSION_TWO_X() { return 18930368022820495955728484915491405972470733850014661777449844430438130630919; }
