import type { Contract, ContractTransactionResponse, Signer } from "ethers";
import type { DeployConfig } from "../../../scripts/deploy/config.ts";
import { type Deployment, deployHomeostat } from "../../../scripts/deploy/deployHomeostat.ts";
import { ENGINE_ABI, GUARD_ABI, TOKEN_ABI } from "../../../verifier/chain/abi.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import * as encode from "./encode.ts";
import { ethers, networkHelpers } from "./network.ts";

export const PROFILE = PROFILES.dev;
export const STALE_SEC = 300n;
export const FEE_WEI = 1000n;
export const LIMITS = {
  claimDelaySec: 100,
  cureSec: 60,
  calmSec: 300,
  haltCureSec: 200,
  proofDeadlineSec: 1800,
  roundDeadlineSec: 900,
  maxReportAgeSec: 300, // the machine's own time passes between blocks
  futureToleranceSec: 60,
  graceSec: 600,
  unauthorisedLimit: 3,
  unauthorisedWindowSec: 300,
  unauthorisedPauseSec: 1800,
  senderLimit: 2,
  outflowWindowSec: 3600,
  outflowBps: 2500,
  outflowFloor: 1_000_000n,
  exitDelaySec: 604_800,
  exitBlocks: 25_200,
  exitShareSec: 86_400,
} as const;
/** 1 % of maintenance margin; mark and median 1000 ticks; no funding; always fresh. */
export const CALM: encode.MarketPrices = {
  mark: 1000n,
  median: 1000n,
  fundingIndex: 0n,
  maintenanceRate: 2n ** 20n / 100n,
  initialRate: 2n ** 20n / 50n,
  updatedAt: 2n ** 39n,
  breakerUntil: 0n,
};
export const NO_LOSSES = encode.lossOf([
  { long: 0n, short: 0n },
  { long: 0n, short: 0n },
]);
export const GENESIS_ROOT = 1001n;
export const GENESIS_ORACLE_ROOT = 2001n;
export const REPORTER_SET_ROOT = 3001n;
const REPORT_WORDS = Array.from({ length: 16 }, (_, i) => BigInt(i) ** 5n + 7n);

export interface RoundChanges {
  readonly markets?: readonly encode.MarketPrices[];
  readonly timestamp?: bigint;
  readonly update?: Record<string, bigint>;
  readonly words?: readonly bigint[];
  readonly priceWords?: readonly bigint[];
  readonly behaviour?: bigint;
  readonly signals?: (signals: readonly bigint[]) => readonly bigint[];
}

export interface BatchChanges {
  readonly operations?: readonly (readonly bigint[])[];
  readonly valid?: readonly boolean[];
  readonly unauthorised?: bigint;
  readonly unauthorisedSlots?: readonly number[];
  readonly liabilities?: bigint;
  readonly deficit?: bigint;
  readonly box?: bigint;
  readonly lossWord?: bigint;
  readonly update?: Record<string, bigint>;
  readonly behaviour?: bigint;
  readonly signals?: (signals: readonly bigint[]) => readonly bigint[];
  readonly oracleRoot?: bigint;
}

export type Send = Promise<ContractTransactionResponse>;

/** A deployed guard with everything that tests do to it. Verifiers accept the signals that encode.ts computes on its own. */
export interface Bench {
  readonly at: Deployment;
  readonly guard: Contract;
  readonly engine: Contract;
  readonly token: Contract;
  readonly deployer: Signer;
  readonly alice: Signer;
  readonly bob: Signer;
  readonly domain: bigint;
  roundArguments(changes?: RoundChanges): Promise<readonly unknown[]>;
  submitRound(changes?: RoundChanges): Send;
  batchArguments(count: number, changes?: BatchChanges): Promise<readonly unknown[]>;
  settle(count: number, changes?: BatchChanges): Send;
  deposit(user: Signer, amount: bigint): Send;
  /** Takes tokens out of the vault, as no engine would. */
  drain(amount: bigint): Promise<void>;
  /** Raw words of logged operations, from the events. */
  logged(first: number, count: number): Promise<readonly (readonly bigint[])[]>;
}

export const now = async (): Promise<bigint> => BigInt(await networkHelpers.time.latest());

export function genesisConfig(timestamp: bigint): DeployConfig["genesis"] {
  return {
    stateRoot: GENESIS_ROOT,
    oracleRoot: GENESIS_ORACLE_ROOT,
    reporterSetRoot: REPORTER_SET_ROOT,
    oracleParameters: new Array<bigint>(35).fill(1n),
    marginParameters: [50n, STALE_SEC, ...new Array<bigint>(10).fill(2n)],
    reporterKeys: new Array<bigint>(8).fill(3n),
    oracleWords: [timestamp * 2n ** 40n, encode.priceWord(CALM), 5n, encode.priceWord(CALM), 5n],
  };
}

/** The default deployment, on mock verifiers; `changes` replaces parts of its configuration. */
export async function deployBench(changes: Partial<DeployConfig> = {}): Promise<Bench> {
  const [deployer, alice, bob] = await ethers.getSigners();
  const mock = await ethers.deployContract("MockVerifierComparesSignals");
  const address = await mock.getAddress();
  const at = await deployHomeostat(deployer!, {
    profile: PROFILE,
    genesis: genesisConfig(await now()),
    token: "test",
    verifiers: { round: address, batch: address },
    limits: LIMITS,
    engine: { minimumDeposit: 10n, feeWei: FEE_WEI },
    ...changes,
  });
  return openBench(at, [deployer!, alice!, bob!]);
}

/** The default deployment as a fixture: a function without parameters. */
export async function defaultBench(): Promise<Bench> {
  return deployBench();
}

export async function openBench(
  at: Deployment,
  [deployer, alice, bob]: readonly [Signer, Signer, Signer],
): Promise<Bench> {
  const guard = new ethers.Contract(at.guard, GUARD_ABI, deployer) as unknown as Contract;
  const engine = new ethers.Contract(at.engine, ENGINE_ABI, deployer) as unknown as Contract;
  const token = new ethers.Contract(at.token, TOKEN_ABI, deployer) as unknown as Contract;
  const chainId = (await ethers.provider.getNetwork()).chainId;
  const packed = ethers.AbiCoder.defaultAbiCoder().encode(["uint256", "address"], [chainId, at.guard]);
  const domain = BigInt(ethers.keccak256(packed)) / 256n;

  async function logged(first: number, count: number) {
    const events = await engine.queryFilter(engine.filters.OperationLogged!());
    const operations: (readonly bigint[])[] = []; // after a fork an index is used again: the later event counts
    for (const { args } of events as unknown as { args: { index: bigint; words: bigint[] } }[]) {
      operations[Number(args.index)] = [...args.words];
    }
    return operations.slice(first, first + count);
  }

  async function roundArguments(changes: RoundChanges = {}) {
    const round = (await guard.round!()) + 1n;
    const timestamp = changes.timestamp ?? (await now());
    const words = changes.words ?? REPORT_WORDS;
    const priceWords = changes.priceWords ?? (changes.markets ?? [CALM, CALM]).map(encode.priceWord);
    const update = {
      round,
      timestamp,
      newOracleRoot: GENESIS_ORACLE_ROOT + round,
      dataCommitment: 77n,
      ...changes.update,
    };
    const challenge = encode.challengeOf(words, update.dataCommitment);
    const tvl: bigint = await guard.nextRoundTvl!();
    const signals = [
      await guard.oracleRoot!(),
      update.newOracleRoot,
      REPORTER_SET_ROOT,
      domain,
      update.round + update.timestamp * 2n ** 40n + tvl * 2n ** 80n,
      update.dataCommitment,
      challenge,
      encode.evaluate(words, challenge),
      ...priceWords,
    ];
    return [update, words, priceWords, encode.proofOf(changes.signals?.(signals) ?? signals, changes.behaviour)];
  }

  /** The liabilities after a batch: the old ones with valid deposits, less valid withdrawals. */
  async function owedAfter(operations: readonly (readonly bigint[])[], valid: readonly boolean[] = []) {
    const [before]: bigint[] = [await guard.totalsWord!()];
    return operations.reduce(
      (owed, words, index) => owed + ((valid[index] ?? true) ? encode.flowOf(words) : 0n),
      (before ?? 0n) % 2n ** 63n,
    );
  }

  async function batchArguments(count: number, changes: BatchChanges = {}) {
    const settled: bigint = await guard.settled!();
    const operations = changes.operations ?? (await logged(Number(settled), count));
    const update = {
      firstOperation: settled,
      newStateRoot: GENESIS_ROOT + settled + BigInt(count),
      outcomeWord: encode.outcomeOf(
        changes.valid ?? [],
        PROFILE.operations,
        changes.unauthorised,
        changes.unauthorisedSlots,
      ),
      box: changes.box ?? 0n,
      totalsWord: encode.totalsOf(
        changes.liabilities ?? (await owedAfter(operations, changes.valid)),
        0n,
        changes.deficit,
      ),
      lossWord: changes.lossWord ?? NO_LOSSES,
      dataCommitment: 78n,
      ...changes.update,
    };
    const words = encode.batchWords(operations, PROFILE.operations);
    const challenge = encode.challengeOf(words, update.dataCommitment);
    const round = (operations[0]?.[2] ?? 0n) % 2n ** 40n;
    const signals = [
      await guard.stateRoot!(),
      update.newStateRoot,
      changes.oracleRoot ?? (await guard.oracleRootOf!(round)),
      domain,
      update.dataCommitment,
      challenge,
      encode.evaluate(words, challenge),
      update.outcomeWord,
      update.box,
      update.totalsWord,
      update.lossWord,
    ];
    return [update, operations, encode.proofOf(changes.signals?.(signals) ?? signals, changes.behaviour)];
  }

  return {
    at,
    guard,
    engine,
    token,
    deployer,
    alice,
    bob,
    domain,
    roundArguments,
    batchArguments,
    logged,
    async submitRound(changes) {
      return guard.submitRound!(...(await roundArguments(changes)));
    },
    async settle(count, changes) {
      return guard.settleBatch!(...(await batchArguments(count, changes)));
    },
    async drain(amount) {
      await networkHelpers.impersonateAccount(at.engine);
      const { provider } = ethers;
      const balance = await provider.getBalance(at.engine);
      await networkHelpers.setBalance(at.engine, balance + 10n ** 18n);
      const thief = await ethers.getSigner(at.engine);
      await (token.connect(thief) as Contract).transfer!(await deployer.getAddress(), amount);
      await networkHelpers.setBalance(at.engine, balance);
      await networkHelpers.stopImpersonatingAccount(at.engine);
    },
    async deposit(user, amount) {
      const owner = await user.getAddress();
      await token.mint!(owner, amount);
      await (token.connect(user) as Contract).approve!(at.engine, amount);
      return (engine.connect(user) as Contract).deposit!(amount, 11n, 12n, { value: FEE_WEI });
    },
  };
}
