import { checkParameters } from "../../verifier/model/checkParameters.ts";
import type { PublicKey } from "../../verifier/model/eddsa.ts";
import type { Hasher } from "../../verifier/model/hasher.ts";
import { encodeOracle, genesisOracle, oracleRoot } from "../../verifier/model/oracle.ts";
import { marginParameterWords, oracleParameterWords, type Parameters } from "../../verifier/model/parameters.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { reporterSetRoot } from "../../verifier/model/round.ts";
import { genesisState, stateRoot } from "../../verifier/model/state.ts";

/** Where the proven history begins, as the guard's constructor takes it. @see contracts/interfaces/HomeostatTypes.sol GenesisState */
export interface Genesis {
  readonly stateRoot: bigint;
  readonly oracleRoot: bigint;
  readonly reporterSetRoot: bigint;
  readonly oracleParameters: readonly bigint[];
  readonly marginParameters: readonly bigint[];
  /** x and y of each slot's key; an empty slot is two zeros. */
  readonly reporterKeys: readonly bigint[];
  readonly oracleWords: readonly bigint[];
}

/**
 * The genesis of an empty protocol at round 0.
 * @param opening unix seconds of the first prices, and the prices in ticks, one a market
 * @throws {ParametersError} when the parameters break a rule
 */
export function makeGenesis(
  hasher: Hasher,
  profile: Profile,
  parameters: Parameters,
  reporterKeys: readonly PublicKey[],
  opening: { readonly timestamp: bigint; readonly prices: readonly bigint[] },
): Genesis {
  checkParameters(parameters, profile.markets);
  const oracle = genesisOracle(parameters, opening.timestamp, opening.prices);
  const slots = Array.from({ length: profile.reporters }, (_, slot) => reporterKeys[slot] ?? { x: 0n, y: 0n });
  return {
    stateRoot: stateRoot(hasher, genesisState(hasher, profile)),
    oracleRoot: oracleRoot(hasher, oracle, parameters),
    reporterSetRoot: reporterSetRoot(hasher, slots),
    oracleParameters: oracleParameterWords(parameters.oracle),
    marginParameters: marginParameterWords(parameters.margin),
    reporterKeys: slots.flatMap(({ x, y }) => [x, y]),
    oracleWords: encodeOracle(oracle),
  };
}
