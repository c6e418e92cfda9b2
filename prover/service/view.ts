import type { PublicKey } from "../../verifier/model/eddsa.ts";
import type { Hasher } from "../../verifier/model/hasher.ts";
import type { OracleState } from "../../verifier/model/oracle.ts";
import type { Parameters } from "../../verifier/model/parameters.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import type { State } from "../../verifier/model/state.ts";

/** What never changes while the service runs. */
export interface Constants {
  readonly hasher: Hasher;
  readonly profile: Profile;
  readonly domain: bigint;
}

/** The parameters of the guard's genesis. */
export interface Rules {
  readonly parameters: Parameters;
  readonly reporterKeys: readonly PublicKey[];
}

/** What is proven on the followed branch, and what is logged but not proven. A value. */
export interface View {
  readonly rules: Rules;
  readonly oracle: OracleState;
  readonly oracleRoot: bigint;
  /** Value at risk of the next round, quote units. */
  readonly nextTvl: bigint;
  readonly state: State;
  readonly stateRoot: bigint;
  /** Proven liabilities, quote units, at the oracle state of the last batch. */
  readonly liabilities: bigint;
  /** Operations settled. */
  readonly settled: number;
  /** Operations logged. */
  readonly logged: number;
  /** Rollbacks of the guard so far. */
  readonly rollbacks: number;
  /** Head of the log's keccak chain, 0x-hex. */
  readonly head: string;
}

/** Head of an empty log. */
export const EMPTY_HEAD = `0x${"0".repeat(64)}`;
