/** What the last proven state owes: positions closed at the last proven prices, losses shared by the indices. */
import type { Account } from "../model/account.ts";
import type { Hasher } from "../model/hasher.ts";
import type { OracleState } from "../model/oracle.ts";
import { fundingIndices, type State } from "../model/state.ts";
import { accountAt, accountsOf } from "../model/tree.ts";

/** The insurance account: shown, never paid. */
export const INSURANCE_ACCOUNT = 0;

/** An account and what it owns, signed quote units. */
export interface AccountValue {
  readonly index: number;
  readonly owner: bigint;
  readonly value: bigint;
}

/** Quote and every position at the mark, less funding and loss indices; signed quote units. @see contracts/exit/ExitProof.sol valueOf */
export function accountValue(
  { quote, sizes }: Pick<Account, "quote" | "sizes">,
  state: State,
  oracle: OracleState,
): bigint {
  const indices = fundingIndices(state, oracle);
  return sizes.reduce((value, size, market) => {
    const { fundingLong = 0n, fundingShort = 0n } = indices[market] ?? {};
    const mark = oracle.markets[market]?.mark ?? 0n;
    return value + size * (mark - (size > 0n ? fundingLong : fundingShort));
  }, quote);
}

/** Every account but the insurance account, by index. */
export function accountValues(hasher: Hasher, state: State, oracle: OracleState): readonly AccountValue[] {
  const values: AccountValue[] = [];
  for (const [index, account] of accountsOf(state.tree, hasher)) {
    if (index !== INSURANCE_ACCOUNT)
      values.push({ index, owner: account.owner, value: accountValue(account, state, oracle) });
  }
  return values;
}

/** What the insurance account owns, its scalar included: what the vault holds and owes to nobody. Signed quote units. */
export function insuranceValue(state: State, oracle: OracleState): bigint {
  return accountValue(accountAt(state.tree, INSURANCE_ACCOUNT), state, oracle) + state.insurance;
}
