import { parseParameters } from "../../verifier/check/parseParameters.ts";
import { decodeOracle, oracleRoot } from "../../verifier/model/oracle.ts";
import { genesisState, stateRoot } from "../../verifier/model/state.ts";
import type { StoredGenesis } from "../store/genesis.ts";
import { LedgerMismatchError } from "./errors.ts";
import { type Constants, EMPTY_HEAD, type Rules, type View } from "./view.ts";

/**
 * Reads the rules out of the genesis lists.
 * @throws {LedgerMismatchError} when the lists are those of another profile
 */
export function readRules(genesis: StoredGenesis, { profile }: Constants): Rules {
  const { oracleParameters, marginParameters, reporterKeys: words } = genesis;
  const parameters = parseParameters(oracleParameters, marginParameters, profile.markets);
  if (parameters === null)
    throw new LedgerMismatchError("length of the parameter lists", oracleParameters.length, profile.name);
  if (words.length !== 2 * profile.reporters) {
    throw new LedgerMismatchError("reporters", words.length / 2, profile.reporters);
  }
  const reporterKeys = Array.from({ length: profile.reporters }, (_, slot) => ({
    x: words[2 * slot] ?? 0n,
    y: words[2 * slot + 1] ?? 0n,
  }));
  return { parameters, reporterKeys };
}

/** The view before the first operation and the first round. */
export function genesisView(genesis: StoredGenesis, constants: Constants): View {
  const rules = readRules(genesis, constants);
  const oracle = decodeOracle(genesis.oracleWords);
  const state = genesisState(constants.hasher, constants.profile);
  return {
    rules,
    oracle,
    oracleRoot: oracleRoot(constants.hasher, oracle, rules.parameters),
    nextTvl: 0n,
    state,
    stateRoot: stateRoot(constants.hasher, state),
    liabilities: 0n,
    settled: 0,
    logged: 0,
    rollbacks: 0,
    head: EMPTY_HEAD,
  };
}

/** @throws {LedgerMismatchError} when the guard was made with roots that its own lists do not give */
export function checkGenesis(view: View, claimed: { readonly stateRoot: bigint; readonly oracleRoot: bigint }): void {
  if (view.stateRoot !== claimed.stateRoot) {
    throw new LedgerMismatchError("genesis state root", claimed.stateRoot, view.stateRoot);
  }
  if (view.oracleRoot !== claimed.oracleRoot) {
    throw new LedgerMismatchError("genesis oracle root", claimed.oracleRoot, view.oracleRoot);
  }
}
