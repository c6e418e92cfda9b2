/** Checks what a guard began with: nothing on chain does. */

import { checkParameters } from "../model/checkParameters.ts";
import { isValidKey, type PublicKey } from "../model/eddsa.ts";
import type { Hasher } from "../model/hasher.ts";
import { decodeOracle, encodeOracle, genesisOracle, type OracleState, oracleRoot } from "../model/oracle.ts";
import { MARGIN_MARKET_FIELDS, ORACLE_MARKET_FIELDS, type Parameters } from "../model/parameters.ts";
import { PROFILES, type Profile, quorum } from "../model/profile.ts";
import { genesisState, type State, stateRoot } from "../model/state.ts";
import type { GenesisRecord } from "../replay/history.ts";
import { parseParameters } from "./parseParameters.ts";
import { compared, comparedLists, type Finding, held, violated } from "./verdict.ts";

/** What the replay starts from. */
export interface GenesisValues {
  readonly profile: Profile;
  readonly parameters: Parameters;
  readonly reporterKeys: readonly PublicKey[];
  readonly oracle: OracleState;
  readonly state: State;
  readonly stateRoot: bigint;
}

export interface GenesisCheck {
  readonly findings: readonly Finding[];
  /** Null when no replay is possible: the record does not have the shape of any profile. */
  readonly values: GenesisValues | null;
}

/** Parameters, oracle, empty state and reporters of the constructor's event, against the model. */
export function checkGenesis(hasher: Hasher, record: GenesisRecord): GenesisCheck {
  const profile = profileOf(record);
  if (profile === undefined) {
    const sizes = `${record.oracleWords.length} oracle words, ${record.reporterKeys.length} key coordinates`;
    return {
      findings: [violated("genesis.profile", "the sizes are those of a profile", sizes, "dev, standard or large")],
      values: null,
    };
  }
  const parameters = parseParameters(record.oracleParameters, record.marginParameters, profile.markets);
  if (parameters === null) return { findings: [lengthFinding(record, profile)], values: null };
  const reporterKeys = pairs(record.reporterKeys);
  const oracle = decodeOracle(record.oracleWords);
  const state = genesisState(hasher, profile);
  const emptyRoot = stateRoot(hasher, state);
  const findings = [
    held("genesis.profile"),
    parametersFinding(parameters, profile),
    compared("genesis.stateRoot", "the first state is empty", record.stateRoot, emptyRoot),
    ...oracleFindings(hasher, record, parameters, oracle),
    reporterFinding(reporterKeys, profile),
  ];
  return { findings, values: { profile, parameters, reporterKeys, oracle, state, stateRoot: emptyRoot } };
}

/** Markets and reporters tell profiles apart; the depth shows in the empty state's root. */
export function profileOf(record: GenesisRecord): Profile | undefined {
  return Object.values(PROFILES).find(
    ({ markets, reporters }) =>
      record.oracleWords.length === 1 + 2 * markets && record.reporterKeys.length === 2 * reporters,
  );
}

function lengthFinding({ oracleParameters, marginParameters }: GenesisRecord, { markets }: Profile): Finding {
  const claimed = `${oracleParameters.length} and ${marginParameters.length} words`;
  const derived = `${7 + ORACLE_MARKET_FIELDS.length * markets} and ${2 + MARGIN_MARKET_FIELDS.length * markets} words`;
  return violated("genesis.parameters", "the lists have the length of the profile", claimed, derived);
}

function parametersFinding(parameters: Parameters, profile: Profile): Finding {
  try {
    checkParameters(parameters, profile.markets);
    return held("genesis.parameters");
  } catch (error) {
    const rule = error instanceof Error ? error.message : String(error);
    return violated("genesis.parameters", "every parameter is in its range", "out of range", rule);
  }
}

/** The root commits to the words and parameters, and the words are those that the model starts from. */
function oracleFindings(
  hasher: Hasher,
  record: GenesisRecord,
  parameters: Parameters,
  oracle: OracleState,
): readonly Finding[] {
  const invariant = "the first oracle state is the model's for its prices and time";
  try {
    const prices = oracle.markets.map(({ mark }) => mark);
    const derived = encodeOracle(genesisOracle(parameters, oracle.timestamp, prices));
    return [
      compared(
        "genesis.oracleRoot",
        "the root commits to words and parameters",
        record.oracleRoot,
        oracleRoot(hasher, oracle, parameters),
      ),
      comparedLists("genesis.oracleWords", invariant, record.oracleWords, derived),
    ];
  } catch (error) {
    return [
      violated(
        "genesis.oracleWords",
        invariant,
        "no state of the model",
        error instanceof Error ? error.message : String(error),
      ),
    ];
  }
}

/** Two slots with one key would count one reporter twice. A slot may be empty (0, 0): nothing it says ever counts. */
function reporterFinding(slots: readonly PublicKey[], profile: Profile): Finding {
  const keys = slots.filter(({ x, y }) => x !== 0n || y !== 0n);
  const bad = keys.find((key) => !isValidKey(key));
  if (bad !== undefined)
    return violated(
      "genesis.reporterKeys",
      "every key is on the curve and of prime order",
      `(${bad.x}, ${bad.y})`,
      "not valid",
    );
  const distinct = new Set(keys.map(({ x, y }) => `${x},${y}`)).size;
  if (distinct < quorum(profile))
    return violated("genesis.reporterKeys", "a quorum of reporters exists", BigInt(distinct), BigInt(quorum(profile)));
  return compared("genesis.reporterKeys", "every reporter has a key of its own", BigInt(keys.length), BigInt(distinct));
}

function pairs(words: readonly bigint[]): readonly PublicKey[] {
  return Array.from({ length: words.length / 2 }, (_, slot) => ({
    x: words[2 * slot] ?? 0n,
    y: words[2 * slot + 1] ?? 0n,
  }));
}
