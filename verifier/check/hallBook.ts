/** What is known of the exit hall after a part of its history: all of it derived. Amounts in quote units. */

/** A deposit that no proven state holds, by the chain head that it made. */
export interface ShownDeposit {
  readonly head: bigint;
  readonly to: string;
  readonly amount: bigint;
  readonly isReturned: boolean;
}

export interface HallBook {
  /** What the insurance account owns; null: not shown. */
  readonly insurance: bigint | null;
  /** Sum of the losses shown. */
  readonly losses: bigint;
  /** Accounts that left or whose loss was shown. */
  readonly done: readonly bigint[];
  readonly deposits: readonly ShownDeposit[];
  /** What everyone is paid by; null until the hall is open. */
  readonly ratio: { readonly backed: bigint; readonly owed: bigint } | null;
  /** What was paid since. */
  readonly paid: bigint;
}

/** The hall before anything was shown. */
export const EMPTY_HALL: HallBook = { insurance: null, losses: 0n, done: [], deposits: [], ratio: null, paid: 0n };

export const depositsShown = ({ deposits }: HallBook): bigint => deposits.reduce((sum, { amount }) => sum + amount, 0n);

/** What somebody gets for `amount` owed, rounded down; nothing until the hall is open. @see contracts/exit/ExitHall.sol shareOf */
export function shareOf({ ratio }: HallBook, amount: bigint): bigint {
  if (ratio === null) return 0n;
  return ratio.owed === 0n ? amount : (amount * ratio.backed) / ratio.owed;
}
