import { isAddress } from "ethers";
import type { Profile } from "../../verifier/model/profile.ts";
import { type CouncilConfig, checkCouncil } from "./council.ts";
import { DEFAULT_ENGINE_LIMITS, DEFAULT_GUARD_LIMITS, type EngineLimits, type GuardLimits } from "./defaults.ts";
import { DeployError } from "./errors.ts";
import type { Genesis } from "./genesis.ts";

/** A compiled contract below contracts/. */
export interface EngineContract {
  /** Its file, e.g. "MarginEngine.sol". */
  readonly source: string;
  readonly name: string;
}

export interface DeployConfig {
  /** Sizes of the circuits; its name finds the generated verifiers. */
  readonly profile: Profile;
  readonly genesis: Genesis;
  /** Address of the token that the vault holds; "test" deploys the worthless test token. */
  readonly token: string;
  /** Verifiers that exist already; without them the generated ones of the profile are deployed. */
  readonly verifiers?: { readonly round: string; readonly batch: string };
  /** Who may tighten for a bounded time, and who may end that early: both, or nobody. */
  readonly council?: { readonly council: string; readonly timelock: string };
  /** A council to be made with the guard, instead of `council`. The default is none. */
  readonly newCouncil?: CouncilConfig;
  /** Feed that says whether the chain is up; for chains whose sequencer stops at times. */
  readonly uptimeFeed?: string;
  /** Where everyone leaves in Exit: a new hall when absent; "none" makes a guard that never enters Exit. */
  readonly exitHall?: "none";
  /** What recomputes state roots for the hall, when it exists already. */
  readonly stateHasher?: string;
  readonly limits?: Partial<GuardLimits>;
  readonly engine?: Partial<EngineLimits>;
  /** Another engine with MarginEngine's constructor, for demonstrations and tests; MarginEngine when absent. */
  readonly engineContract?: EngineContract;
  /** Folder of the compiled contracts. */
  readonly artifacts?: string;
}

export interface CheckedConfig extends DeployConfig {
  readonly limits: GuardLimits;
  readonly engine: EngineLimits;
  readonly engineContract: EngineContract;
  readonly artifacts: string;
}

const MARGIN_ENGINE: EngineContract = { source: "MarginEngine.sol", name: "MarginEngine" };
const UINT32_LIMIT = 2 ** 32;
const WORD_LIMIT = 1n << 256n;
const VAULT_CAP_LIMIT = 1n << 62n;
const FEE_LIMIT = 1n << 96n;
const OUTFLOW_LIMIT = 1n << 64n;
const HOUR_SEC = 3600;
const DAY_SEC = 86_400;
const BLOCKS_PER_SEC_LIMIT = 16; // contracts/guard/GuardParameters.sol MAX_BLOCKS_PER_SEC

/** Lowest and highest value of the limits that stand alone. @see contracts/guard/GuardParameters.sol */
const RANGES = {
  claimDelaySec: [60, UINT32_LIMIT - 1],
  calmSec: [0, DAY_SEC],
  proofDeadlineSec: [1, UINT32_LIMIT - 1],
  maxReportAgeSec: [1, UINT32_LIMIT - 1],
  futureToleranceSec: [0, HOUR_SEC],
  graceSec: [0, DAY_SEC],
  unauthorisedLimit: [1, 1e6],
  unauthorisedPauseSec: [1, DAY_SEC],
  senderLimit: [1, 1e6],
  outflowWindowSec: [1, UINT32_LIMIT - 1],
  outflowBps: [1, 10_000],
  exitDelaySec: [HOUR_SEC, 30 * DAY_SEC],
  exitBlocks: [1, UINT32_LIMIT - 1],
  exitShareSec: [1, 30 * DAY_SEC],
} as const satisfies Partial<Record<keyof GuardLimits, readonly [number, number]>>;

function require(condition: boolean, field: string, reason: string): void {
  if (!condition) throw new DeployError("DEPLOY_CONFIG", field, reason);
}

function checkLimits(limits: GuardLimits): void {
  const { outflowFloor, ...numbers } = limits;
  for (const [name, value] of Object.entries(numbers)) {
    require(Number.isInteger(value) &&
      value >= 0 &&
      value < UINT32_LIMIT, `limits.${name}`, `${value} is not in [0, 2^32)`);
  }
  for (const [name, [lowest, highest]] of Object.entries(RANGES) as [
    keyof typeof RANGES,
    readonly [number, number],
  ][]) {
    const value = limits[name];
    require(value >= lowest && value <= highest, `limits.${name}`, `${value} is not in [${lowest}, ${highest}]`);
  }
  require(outflowFloor >= 1n &&
    outflowFloor < OUTFLOW_LIMIT, "limits.outflowFloor", `${outflowFloor} is not in [1, 2^64)`);
  const { cureSec, haltCureSec, maxReportAgeSec, roundDeadlineSec } = limits;
  require(haltCureSec >= cureSec, "limits.haltCureSec", `${haltCureSec} s is shorter than cureSec, ${cureSec} s`);
  require(maxReportAgeSec <=
    roundDeadlineSec, "limits.maxReportAgeSec", `${maxReportAgeSec} s is longer than roundDeadlineSec, ${roundDeadlineSec} s: a round could arrive already late`);
  for (const name of ["unauthorisedLimit", "senderLimit"] as const) {
    require(limits.unauthorisedWindowSec * 1000 >=
      limits[name], "limits.unauthorisedWindowSec", `must allow at least 1 ms an operation of ${name}`);
  }
  require(limits.exitBlocks <=
    BLOCKS_PER_SEC_LIMIT *
      limits.exitDelaySec, "limits.exitBlocks", `${limits.exitBlocks} blocks are not made in exitDelaySec, ${limits.exitDelaySec} s`);
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
  const { council, timelock } = config.council ?? {};
  const bound = { council, timelock, uptimeFeed: config.uptimeFeed, stateHasher: config.stateHasher };
  for (const [role, address] of Object.entries(bound)) {
    require(address === undefined || isAddress(address), role, `${address} is not an address`);
  }
  require(council === undefined ||
    council.toLowerCase() !== timelock?.toLowerCase(), "council.timelock", "must not be the council itself");
  require(council === undefined || config.newCouncil === undefined, "newCouncil", "a council is named already");
  if (config.newCouncil !== undefined) checkCouncil(config.newCouncil);
  const { engineContract = MARGIN_ENGINE, artifacts = "artifacts" } = config;
  return { ...config, limits, engine, engineContract, artifacts };
}
