import type { Duty } from "../../../prover/keeper/duty.ts";
import type { Ledger } from "../../../prover/service/ledger.ts";
import { EMPTY_HEAD, type View } from "../../../prover/service/view.ts";
import { emptyAccount } from "../../../verifier/model/account.ts";
import { certificate } from "../../../verifier/model/certificate.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import { type OracleState, oracleRoot } from "../../../verifier/model/oracle.ts";
import { genesisState, liabilitiesOf, type State, stateRoot } from "../../../verifier/model/state.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { setAccount } from "../../../verifier/model/tree.ts";
import { DOMAIN, genesis, hasher, parameters, profile, reporterKeys } from "../../helpers/model/instance.ts";

export const constants = { hasher, profile, domain: DOMAIN };

export interface Holding {
  readonly index: number;
  readonly quote: bigint;
  /** Lots by market. */
  readonly sizes: readonly bigint[];
}

/** A state of open accounts, each with its certificate at the oracle's prices. */
export function stateOf(holdings: readonly Holding[], oracle: OracleState, depth: number = profile.depth): State {
  const first = genesisState(hasher, { ...profile, depth });
  const terms = marketTerms(first, oracle, parameters);
  const tree = holdings.reduce((tree, { index, quote, sizes }) => {
    const account = { ...emptyAccount(profile.markets), owner: BigInt(index), quote, sizes };
    return setAccount(hasher, tree, index, { ...account, lanes: certificate(account, terms) });
  }, first.tree);
  const markets = first.markets.map((market, index) => ({
    ...market,
    openInterest: holdings.reduce((sum, { sizes }) => sum + (sizes[index]! > 0n ? sizes[index]! : 0n), 0n),
  }));
  return { ...first, tree, markets, sumQuote: holdings.reduce((sum, { quote }) => sum + quote, 0n) };
}

/** The oracle with other prices, ticks by market. */
export function priced(marks: readonly bigint[]): OracleState {
  const markets = genesis.markets.map((market, index) => ({ ...market, mark: marks[index]!, median: marks[index]! }));
  return { ...genesis, markets };
}

export function viewOf(state: State, oracle: OracleState, logged = 0): View {
  return {
    rules: { parameters, reporterKeys: reporterKeys.map((key) => key.publicKey) },
    oracle,
    oracleRoot: oracleRoot(hasher, oracle, parameters),
    nextTvl: 0n,
    state,
    stateRoot: stateRoot(hasher, state),
    liabilities: liabilitiesOf(state, []),
    settled: 0,
    logged,
    rollbacks: 0,
    head: EMPTY_HEAD,
  };
}

/** A ledger of which only the log exists; every round has the same prices. */
export function ledgerOf(log: readonly (readonly bigint[])[], oracle: OracleState): Ledger {
  const operations = log.map((words, position) => ({ position, blockNumber: position, words, head: EMPTY_HEAD }));
  const part: Pick<Ledger, "operationsFrom" | "oracleOf"> = {
    operationsFrom: (first, limit) => operations.slice(first, first + limit),
    oracleOf: () => oracle,
  };
  return part as Ledger;
}

/** The operation of a duty, as the engine logs it. */
export function loggedDuty(
  { type, accounts: [account = 0, other = account] }: Duty,
  by = 0n,
  loggedAt = 0n,
): readonly bigint[] {
  const operation: Operation = type === "backstop" ? { type, account } : { type, account, other };
  return encodeOperation({ ...operation, sender: by, loggedAt });
}
