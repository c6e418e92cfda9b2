/** Who is owed what when a guard is left: accounts, deposits that no proven state holds, claims. */

import { GUARD } from "../chain/interfaces.ts";
import { askContract } from "../replay/askContract.ts";
import type { Rpc } from "../replay/rpc.ts";
import { addressOf } from "./opening.ts";
import { type OwedDeposit, readOwedDeposits } from "./owedDeposits.ts";
import type { ExitStanding } from "./readStanding.ts";
import type { RecoveredState } from "./recoverState.ts";
import { accountValues, insuranceValue } from "./value.ts";

export interface AccountDue {
  readonly index: number;
  /** In lower case. */
  readonly owner: string;
  /** Signed quote units. */
  readonly value: bigint;
  /** Paid, or its loss shown. */
  readonly done: boolean;
}

export interface DepositDue extends OwedDeposit {
  /** Shown to the hall, and not yet paid back. */
  readonly shown: boolean;
}

/** A claim that is not paid yet, or the rest of one; a rollback may have made it void, then it is none. */
export interface ClaimDue {
  readonly id: number;
  readonly owner: string;
  /** Quote units. */
  readonly amount: bigint;
  /** Unix seconds. */
  readonly payableAt: bigint;
}

export interface Dues {
  /** Every account but the insurance account. */
  readonly accounts: readonly AccountDue[];
  readonly deposits: readonly DepositDue[];
  readonly claims: readonly ClaimDue[];
  /** What the insurance account owns, its scalar included; signed quote units. */
  readonly insurance: bigint;
}

/** @throws {CouldNotCheckError} when a call fails */
export async function readDues(rpc: Rpc, recovered: RecoveredState, standing: ExitStanding): Promise<Dues> {
  const { hasher, state, oracle, history } = recovered;
  const accounts: AccountDue[] = [];
  for (const { index, owner, value } of accountValues(hasher, state, oracle))
    accounts.push({ index, owner: addressOf(owner), value, done: await standing.isDone(index) });
  const deposits: DepositDue[] = [];
  for (const deposit of await readOwedDeposits(rpc, standing.engine, recovered))
    deposits.push({ ...deposit, shown: await standing.isShown(deposit.head) });
  const claims: ClaimDue[] = [];
  for (const [id, { owner, amount, payableAt, paid }] of history.stored.claims.entries()) {
    if (paid) continue;
    const [isVoid] = await askContract(rpc, GUARD, history.guard, history.head.number, "isVoid", id);
    if (isVoid !== true) claims.push({ id, owner, amount, payableAt });
  }
  return { accounts, deposits, claims, insurance: insuranceValue(state, oracle) };
}

/** The part of the dues that one account or one owner asks about; all of them when neither is named. */
export function duesOf(
  dues: Dues,
  { account, owner }: { readonly account?: number | undefined; readonly owner?: string | undefined },
): Dues {
  const ownerOfAccount = dues.accounts.find(({ index }) => index === account)?.owner;
  const wanted = owner?.toLowerCase() ?? ownerOfAccount;
  if (account === undefined && wanted === undefined) return dues;
  const mine = (due: { readonly owner: string }) => due.owner === wanted;
  return {
    ...dues,
    accounts: dues.accounts.filter((due) => mine(due) && (account === undefined || due.index === account)),
    deposits: dues.deposits.filter(mine),
    claims: dues.claims.filter(mine),
  };
}
