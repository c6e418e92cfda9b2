import { type Account, emptyAccount } from "../../verifier/model/account.ts";
import { genesisState, type State } from "../../verifier/model/state.ts";
import { setAccount } from "../../verifier/model/tree.ts";
import type { World } from "./model/engine.ts";
import { genesis, hasher, keyAt, ownerAt } from "./model/instance.ts";
import { profile } from "./randomSituation.ts";

export const MARK = 6_000_000n;
/** Lots that account 1 is long and account 2 short. */
export const LOTS = 10_000n;

/** What a case starts from: accounts 1 (long) and 2 (short) with positions, 3 rich, 4 not open. */
export interface Setting {
  readonly accounts?: Readonly<Record<number, Partial<Account>>>;
  readonly state?: Partial<State>;
  readonly openInterest?: bigint;
  readonly liabilities?: bigint;
}

function opened(index: number, change: Partial<Account>): Account {
  const { x, y } = keyAt(index).publicKey;
  return { ...emptyAccount(2), owner: ownerAt(index), keyX: x, keyY: y, nonce: 5n, ...change };
}

/** A world made for one case: its totals do not follow from its accounts. */
export function worldOf({
  accounts = {},
  state = {},
  openInterest = 1n << 30n,
  liabilities = 1n << 60n,
}: Setting): World {
  const cast: Record<number, Account> = {
    1: opened(1, { quote: -LOTS * MARK + 10n ** 10n, sizes: [LOTS, 0n] }),
    2: opened(2, { quote: LOTS * MARK + 10n ** 10n, sizes: [-LOTS, 0n] }),
    3: opened(3, { quote: 10n ** 12n }),
  };
  let { tree, markets } = genesisState(hasher, profile);
  for (const index of [0, 1, 2, 3]) {
    tree = setAccount(hasher, tree, index, { ...(cast[index] ?? emptyAccount(2)), ...accounts[index] });
  }
  markets = markets.map((market) => ({ ...market, openInterest }));
  const insurance = state.insurance ?? 0n;
  return { state: { tree, markets, insurance, sumQuote: liabilities - insurance, ...state }, oracle: genesis };
}
