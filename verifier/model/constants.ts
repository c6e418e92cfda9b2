/** Widths and scales shared with circuits/lib/constants.circom and the contracts. 1 lot x 1 tick = 1 quote unit. */

/** Prices are ticks p with 1 <= p < 2^27. */
export const PRICE_BITS = 27n;
/** Sizes are signed lots s with |s| < 2^40. */
export const SIZE_BITS = 40n;
/** Balances are signed quote units q with -2^63 <= q < 2^63. */
export const QUOTE_BITS = 63n;
/** Funding and loss indices are signed ticks x with |x| < 2^25. */
export const INDEX_BITS = 25n;
/** Fraction of a tick that funding carries over between rounds. */
export const FUNDING_FRACTION_BITS = 36n;
/** Amounts are quote units, 0 <= a < 2^63. */
export const AMOUNT_BITS = 63n;
/** The tokens behind liabilities, and the insurance scalar, stay below 2^63 quote units. */
export const LIABILITIES_BITS = 63n;
/** The deficit of account 0 in quote units fits 76 bits. */
export const DEFICIT_BITS = 76n;
/** Open interest in lots, the sum of all long sizes of a market. */
export const OPEN_INTEREST_BITS = 44n;
/** Times that repeated trips may have doubled the cool-down, at most 3. */
export const BREAKER_LEVEL_BITS = 2n;
/** The highest level: the cool-down is eight times as long. */
export const BREAKER_LEVEL_MAX = 3n;
/** Variance in units of 2^-40 per second. */
export const VARIANCE_BITS = 32n;
/** Scale of the variance: 2^40 units are a variance of one per second. */
export const VARIANCE_ONE = 1n << 40n;
/** Unix seconds. */
export const TIME_BITS = 40n;
/** Round numbers of the oracle. */
export const ROUND_BITS = 40n;
/** Nonces of accounts. */
export const NONCE_BITS = 40n;
/** Account indices inside an operation. */
export const ACCOUNT_BITS = 32n;
/** Certificate weights: volatility-weighted price in ticks. */
export const WEIGHT_BITS = 28n;
/** Precision k of the slack per unit of weight in a certificate. */
export const CERTIFICATE_BITS = 20n;
/** The slack d of a certificate is clamped to [-2^49, 2^49]. */
export const SLACK_BITS = 49n;

/** Rates are fractions with 20 fractional bits: 1.0 = 2^20. */
export const RATE_BITS = 20n;
/** The rate 1.0. */
export const RATE_ONE = 1n << RATE_BITS;
/** A reporter's funding rate r, in 2^-20 per 2^16 seconds, is sent as r + 2^20. */
export const FUNDING_RATE_BITS = 20n;

/** Bounds b of certificates: |b| < 2^28 ticks. */
export const BOUND_BITS = 28n;
/** Lanes hold bound + 2^28 (long) or 2^28 - bound (short), below 2^29; 0 means no position. */
export const LANE_BITS = 29n;
/** Distance between lanes in a packed box. */
export const LANE_STRIDE = 31n;

/** Largest time step of one round, in seconds; longer gaps count as this. */
export const MAX_STEP_SEC = 65535n;
/** Time for which an account that meets the initial margin cannot fall below maintenance at unchanged prices, seconds. */
export const NOTICE_SEC = 300n;
/** Most markets that one packed box holds. */
export const MAX_MARKETS = 4;

/** Words of one operation. */
export const OPERATION_WORDS = 9;
/** Words of one report: the packed report, R8x, R8y, S. */
export const REPORT_WORDS = 4;
