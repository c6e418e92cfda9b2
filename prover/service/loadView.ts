import { decodeOracle, oracleRoot } from "../../verifier/model/oracle.ts";
import { type State, stateRoot } from "../../verifier/model/state.ts";
import { emptyTree, setAccount } from "../../verifier/model/tree.ts";
import { ProverError } from "../errors.ts";
import { StoreCorruptError } from "../store/errors.ts";
import type { Store } from "../store/store.ts";
import type { StoredVersion } from "../store/versions.ts";
import { genesisView } from "./applyGenesis.ts";
import { checkStored } from "./checkStored.ts";
import { type Constants, EMPTY_HEAD, type View } from "./view.ts";

/**
 * Rebuilds the view from the store, and recomputes every root on the way: SQLite does not notice a flipped bit.
 * @returns null when the store has no genesis
 * @throws {StoreCorruptError} when a root is not the one that was stored with it
 */
export function loadView(store: Store, constants: Constants, path: string): View | null {
  try {
    return readView(store, constants, path);
  } catch (error) {
    // What cannot even be read back was not written by this program: a flipped bit in a number, a list or a page.
    throw error instanceof ProverError ? error : new StoreCorruptError(path, "a record cannot be read", error);
  }
}

function readView(store: Store, constants: Constants, path: string): View | null {
  const genesis = store.genesis.get();
  if (genesis === null) return null;
  const first = genesisView(genesis, constants);
  const version = store.versions.last();
  const round = store.rounds.last();
  const operation = store.operations.last();

  const oracle = round === null ? first.oracle : decodeOracle(round.oracleWords);
  const derivedOracleRoot = oracleRoot(constants.hasher, oracle, first.rules.parameters);
  if (round !== null && derivedOracleRoot !== round.oracleRoot)
    throw new StoreCorruptError(path, "the oracle root differs");

  const proven = version === null ? first : versionOf(store, version, constants);
  if (proven === null) throw new StoreCorruptError(path, "the state root differs");
  checkStored(store, version?.settled ?? 0, first.rules.parameters, constants, path);

  return {
    rules: first.rules,
    oracle,
    oracleRoot: derivedOracleRoot,
    nextTvl: round?.nextTvl ?? 0n,
    state: proven.state,
    stateRoot: proven.stateRoot,
    liabilities: proven.liabilities,
    settled: proven.settled,
    logged: store.operations.count(),
    rollbacks: store.rollbacks.count(),
    head: operation?.head ?? EMPTY_HEAD,
  };
}

/** What a view says of the proven state. */
export type ProvenState = Pick<View, "state" | "stateRoot" | "liabilities" | "settled">;

/**
 * A stored version as state.
 * @returns null when its accounts and totals do not give its root
 */
export function versionOf(store: Store, version: StoredVersion, constants: Constants): ProvenState | null {
  const { settled, liabilities, stateRoot: storedRoot } = version;
  const state = rebuildState(store, version, constants);
  return stateRoot(constants.hasher, state) === storedRoot
    ? { state, stateRoot: storedRoot, liabilities, settled }
    : null;
}

function rebuildState(store: Store, version: StoredVersion, { hasher, profile }: Constants): State {
  let tree = emptyTree(hasher, profile.depth, profile.markets);
  for (const [index, account] of store.versions.accountsAt(version.settled, profile.markets)) {
    tree = setAccount(hasher, tree, index, account);
  }
  const markets = Array.from({ length: profile.markets }, (_, market) => {
    const [openInterest = 0n, lossLong = 0n, lossShort = 0n] = version.markets.slice(3 * market, 3 * market + 3);
    return { openInterest, lossLong, lossShort };
  });
  return { tree, sumQuote: version.sumQuote, insurance: version.insurance, markets };
}
