/** What a price source saw. */
export interface Observation {
  /** Unix seconds. */
  readonly timestampSec: bigint;
  /** Ticks by market; 0 for a market without a price. */
  readonly prices: readonly bigint[];
  /** Signed, by market, 2^-20 per 2^16 seconds. */
  readonly fundingRates: readonly bigint[];
}

/** Asked for every report. @returns null when there is nothing to report now */
export type PriceSource = (signal: AbortSignal) => Promise<Observation | null>;
