/** What a transaction offers, wei per gas. */
export interface Fees {
  readonly maxFee: bigint;
  readonly priorityFee: bigint;
}

export interface FeePolicy {
  /** Tip of the first try, wei per gas. */
  readonly priorityWei: bigint;
  /** Never offer more than this, wei per gas. */
  readonly maxFeeWei: bigint;
  /** Time without inclusion after which the offer is raised, milliseconds. */
  readonly bumpAfterMs: number;
}

const GWEI = 1_000_000_000n;
export const DEFAULT_FEES: FeePolicy = { priorityWei: GWEI, maxFeeWei: 500n * GWEI, bumpAfterMs: 30_000 };

/** Room for the base fee to double, under the cap. @param baseFee of the newest block, wei per gas */
export function firstFees(baseFee: bigint, policy: FeePolicy): Fees {
  const maxFee = smaller(2n * baseFee + policy.priorityWei, policy.maxFeeWei);
  return { maxFee, priorityFee: smaller(policy.priorityWei, maxFee) };
}

/**
 * The next offer for the same nonce: both parts at least 12.5 % up, which every node accepts as a replacement, and at
 * least what a new transaction would offer.
 * @returns null when the cap leaves no room for a replacement
 */
export function raisedFees(fees: Fees, baseFee: bigint, policy: FeePolicy): Fees | null {
  const wanted = firstFees(baseFee, policy);
  const maxFee = smaller(larger(raised(fees.maxFee), wanted.maxFee), policy.maxFeeWei);
  const priorityFee = smaller(raised(fees.priorityFee), maxFee);
  return maxFee < raised(fees.maxFee) || priorityFee < raised(fees.priorityFee) ? null : { maxFee, priorityFee };
}

/** 12.5 % more, rounded up. */
const raised = (fee: bigint): bigint => fee + (fee + 7n) / 8n;
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right);
const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);
