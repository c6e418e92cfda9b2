import { isAddress } from "ethers";
import type { Profile } from "../../verifier/model/profile.ts";
import { DEFAULT_ENGINE_LIMITS, DEFAULT_GUARD_LIMITS, type EngineLimits, type GuardLimits } from "./defaults.ts";
import { DeployError } from "./errors.ts";
import type { Genesis } from "./genesis.ts";

export interface DeployConfig {
  /** Sizes of the circuits; its name finds the generated verifiers. */
  readonly profile: Profile;
  readonly genesis: Genesis;
  /** Address of the token that the vault holds; "test" deploys the worthless test token. */
  readonly token: string;
  /** Verifiers that exist already; without them the generated ones of the profile are deployed. */
  readonly verifiers?: { readonly round: string; readonly batch: string };
  readonly limits?: Partial<GuardLimits>;
  readonly engine?: Partial<EngineLimits>;
  /** Folder of the compiled contracts. */
  readonly artifacts?: string;
}

export interface CheckedConfig extends DeployConfig {
  readonly limits: GuardLimits;
  readonly engine: EngineLimits;
  readonly artifacts: string;
}

const UINT32_LIMIT = 2 ** 32;
const WORD_LIMIT = 1n << 256n;
const VAULT_CAP_LIMIT = 1n << 62n;
const FEE_LIMIT = 1n << 96n;

function require(condition: boolean, field: string, reason: string): void {
  if (!condition) throw new DeployError("DEPLOY_CONFIG", field, reason);
}

function checkLimits(limits: GuardLimits): void {
  for (const [name, value] of Object.entries(limits) as [keyof GuardLimits, number][]) {
    require(Number.isInteger(value) &&
      value >= 0 &&
      value < UINT32_LIMIT, `limits.${name}`, `${value} is not in [0, 2^32)`);
  }
  const { cureSec, haltCureSec, maxReportAgeSec, roundDeadlineSec } = limits;
  require(haltCureSec >= cureSec, "limits.haltCureSec", `${haltCureSec} s is shorter than cureSec, ${cureSec} s`);
  require(maxReportAgeSec >= 1, "limits.maxReportAgeSec", "must be at least 1 s");
  require(maxReportAgeSec <=
    roundDeadlineSec, "limits.maxReportAgeSec", `${maxReportAgeSec} s is longer than roundDeadlineSec, ${roundDeadlineSec} s: a round could arrive already late`);
  require(limits.proofDeadlineSec >= 1, "limits.proofDeadlineSec", "must be at least 1 s");
  require(limits.futureToleranceSec <= 3600, "limits.futureToleranceSec", "must be at most an hour");
  require(limits.unauthorisedLimit >= 1 &&
    limits.unauthorisedLimit <= 1e6, "limits.unauthorisedLimit", "must be in [1, 10^6]");
  require(limits.unauthorisedWindowSec * 1000 >=
    limits.unauthorisedLimit, "limits.unauthorisedWindowSec", "must allow at least 1 ms an operation");
}

function checkEngine(engine: EngineLimits): void {
  require(engine.minimumDeposit >= 1n, "engine.minimumDeposit", "must be at least one token unit");
  require(engine.vaultCap >= engine.minimumDeposit &&
    engine.vaultCap <= VAULT_CAP_LIMIT, "engine.vaultCap", "must be in [minimumDeposit, 2^62]");
  require(engine.feeWei >= 0n && engine.feeWei < FEE_LIMIT, "engine.feeWei", "must be in [0, 2^96)");
}

function checkGenesis(genesis: Genesis, { markets, reporters }: Profile): void {
  const lengths = {
    oracleParameters: 7 + 14 * markets,
    marginParameters: 2 + 5 * markets,
    reporterKeys: 2 * reporters,
    oracleWords: 1 + 2 * markets,
  } as const;
  for (const [name, wanted] of Object.entries(lengths) as [keyof typeof lengths, number][]) {
    const words = genesis[name];
    require(words.length === wanted, `genesis.${name}`, `has ${words.length} words, this profile needs ${wanted}`);
    require(words.every(
      (word) => word >= 0n && word < WORD_LIMIT,
    ), `genesis.${name}`, "holds a value that is no uint256");
  }
}

/** Fills in the defaults and checks everything that can be checked without a chain. @throws {DeployError} DEPLOY_CONFIG */
export function checkConfig(config: DeployConfig): CheckedConfig {
  const limits = { ...DEFAULT_GUARD_LIMITS, ...config.limits };
  const engine = { ...DEFAULT_ENGINE_LIMITS, ...config.engine };
  checkLimits(limits);
  checkEngine(engine);
  checkGenesis(config.genesis, config.profile);
  require(config.token === "test" ||
    isAddress(config.token), "token", `${config.token} is neither an address nor "test"`);
  for (const role of ["round", "batch"] as const) {
    const address = config.verifiers?.[role];
    require(address === undefined || isAddress(address), `verifiers.${role}`, `${address} is not an address`);
  }
  return { ...config, limits, engine, artifacts: config.artifacts ?? "artifacts" };
}
