import { expect } from "chai";
import { Contract } from "ethers";
import { network } from "hardhat";
import { checkConfig, type DeployConfig } from "../../scripts/deploy/config.ts";
import { DEFAULT_ENGINE_LIMITS, DEFAULT_GUARD_LIMITS } from "../../scripts/deploy/defaults.ts";
import { deployHomeostat } from "../../scripts/deploy/deployHomeostat.ts";
import { DeployError } from "../../scripts/deploy/errors.ts";
import { deployStateHasher } from "../../scripts/deploy/exitHall.ts";
import { GUARD_ABI } from "../../verifier/chain/abi.ts";
import { HALL_ABI } from "../../verifier/chain/hallAbi.ts";
import {
  defaultBench,
  GENESIS_ORACLE_ROOT,
  GENESIS_ROOT,
  genesisConfig,
  LIMITS,
  NO_LOSSES,
  now,
  PROFILE,
  REPORTER_SET_ROOT,
} from "../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

async function refusal(attempt: () => unknown): Promise<DeployError> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof DeployError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

async function valid(): Promise<
  DeployConfig & { readonly verifiers: { readonly round: string; readonly batch: string } }
> {
  const mock = await (await ethers.deployContract("MockVerifierComparesSignals")).getAddress();
  return {
    profile: PROFILE,
    genesis: genesisConfig(await now()),
    token: "test",
    verifiers: { round: mock, batch: mock },
    limits: LIMITS,
  };
}

const address = (index: number) => ethers.zeroPadValue(ethers.toBeHex(index), 20);
const ONE = `0x${"11".repeat(20)}`;

describe("deployHomeostat", () => {
  it("gives guard and engine each other's address, the parameters and the genesis", async () => {
    const { guard, engine, at } = await networkHelpers.loadFixture(defaultBench);
    expect([await guard.engine!(), await engine.guard!()]).to.deep.equal([at.engine, at.guard]);
    expect([await guard.token!(), await engine.token!()]).to.deep.equal([at.token, at.token]);
    expect([await guard.markets!(), await guard.operationsPerBatch!(), await guard.reporters!()]).to.deep.equal([
      2n,
      2n,
      4n,
    ]);
    for (const name of [
      "claimDelaySec",
      "cureSec",
      "calmSec",
      "haltCureSec",
      "proofDeadlineSec",
      "roundDeadlineSec",
      "maxReportAgeSec",
      "futureToleranceSec",
      "graceSec",
      "unauthorisedLimit",
      "unauthorisedPauseSec",
      "senderLimit",
      "outflowWindowSec",
      "outflowBps",
      "outflowFloor",
      "exitDelaySec",
      "exitBlocks",
      "exitShareSec",
    ] as const) {
      expect(await guard[name]!(), name).to.equal(BigInt(LIMITS[name]));
    }
    expect(await guard.unauthorisedStepMs!()).to.equal(100_000n);
    expect(await guard.senderStepMs!()).to.equal(150_000n);
    for (const name of ["council", "timelock", "uptimeFeed"])
      expect(await guard[name]!(), name).to.equal(ethers.ZeroAddress);
    const hall = new Contract(at.exitHall, HALL_ABI, ethers.provider);
    expect([await guard.exitHall!(), await hall.guard!(), await hall.depth!()]).to.deep.equal([
      at.exitHall,
      at.guard,
      BigInt(PROFILE.depth),
    ]);
    expect([await guard.stateRoot!(), await guard.oracleRoot!(), await guard.reporterSetRoot!()]).to.deep.equal([
      GENESIS_ROOT,
      GENESIS_ORACLE_ROOT,
      REPORTER_SET_ROOT,
    ]);
    expect([await guard.box!(), await guard.totalsWord!(), await guard.lossWord!()]).to.deep.equal([0n, 0n, NO_LOSSES]);
    const [genesis] = await guard.queryFilter(guard.filters.Genesis!(), at.genesisBlock, at.genesisBlock);
    expect(genesis?.blockNumber).to.equal(at.genesisBlock);
  });

  it("publishes the whole genesis", async () => {
    const config = await valid();
    const [signer] = await ethers.getSigners();
    const at = await deployHomeostat(signer!, config);
    const guard = new Contract(at.guard, GUARD_ABI, signer!);
    const [event] = await guard.queryFilter(guard.filters.Genesis!());
    const { genesis } = config;
    const { args } = event as unknown as { args: unknown[] };
    expect([...args]).to.deep.equal([
      genesis.stateRoot,
      genesis.oracleRoot,
      [...genesis.oracleParameters],
      [...genesis.marginParameters],
      [...genesis.reporterKeys],
      [...genesis.oracleWords],
    ]);
  });

  describe("on a public chain", () => {
    const ANSWERS_ZERO = "0x60205ff3"; // DEV_SETUP() is false
    const ANSWERS_NOTHING = "0x00";
    const ADDRESS = `0x${"77".repeat(20)}`;

    async function abroad(code: string | undefined) {
      const chain = await network.create({ override: { chainId: 10 } });
      const [signer] = await chain.ethers.getSigners();
      const mock = await (await chain.ethers.deployContract("MockVerifierComparesSignals")).getAddress();
      if (code !== undefined) await chain.networkHelpers.setCode(ADDRESS, code);
      const verifier = code === undefined ? mock : ADDRESS;
      const config: DeployConfig = { ...(await valid()), verifiers: { round: verifier, batch: verifier } };
      return { chain, deploy: () => deployHomeostat(signer!, config) };
    }

    it("refuses a development key", async () => {
      const { deploy } = await abroad(undefined);
      const refused = await refusal(deploy);
      expect([refused.code, refused.field]).to.deep.equal(["DEPLOY_DEV_KEY", "verifiers.round"]);
    });

    it("refuses a verifier that does not say of what kind its key is", async () => {
      const { deploy } = await abroad(ANSWERS_NOTHING);
      expect((await refusal(deploy)).code).to.equal("DEPLOY_DEV_KEY");
    });

    it("takes a key that is no development key", async () => {
      const { deploy, chain } = await abroad(ANSWERS_ZERO);
      const at = await deploy();
      expect(await chain.ethers.provider.getCode(at.guard)).to.not.equal("0x");
    });
  });

  it("shares a state hasher among guards, and leaves the hall away when told", async () => {
    const config = await valid();
    const [signer] = await ethers.getSigners();
    const first = await deployHomeostat(signer!, config);
    const stateHasher: string = await new Contract(first.exitHall, HALL_ABI, signer!).hasher!();
    const second = await deployHomeostat(signer!, { ...config, stateHasher });
    expect(await new Contract(second.exitHall, HALL_ABI, signer!).hasher!()).to.equal(stateHasher);
    const third = await deployHomeostat(signer!, { ...config, exitHall: "none" });
    expect(await new Contract(third.guard, GUARD_ABI, signer!).exitHall!()).to.equal(ethers.ZeroAddress);
  });

  it("refuses a state hasher of accounts with other markets, and what is none", async () => {
    const config = await valid();
    const [signer] = await ethers.getSigners();
    const other = await deployStateHasher(signer!, "artifacts", PROFILE.markets + 1);
    for (const stateHasher of [other, config.verifiers.round, ONE]) {
      const refused = await refusal(() => deployHomeostat(signer!, { ...config, stateHasher }));
      expect([refused.code, refused.field]).to.deep.equal(["DEPLOY_CONFIG", "stateHasher"]);
    }
  });

  it("refuses an address without code as a verifier", async () => {
    const config = await valid();
    const [signer] = await ethers.getSigners();
    const verifiers = { ...config.verifiers, batch: `0x${"78".repeat(20)}` };
    const refused = await refusal(() => deployHomeostat(signer!, { ...config, verifiers }));
    expect([refused.code, refused.field]).to.deep.equal(["DEPLOY_CONFIG", "verifiers.batch"]);
  });

  it("refuses verifiers that are not built", async () => {
    const { verifiers: _, ...config } = await valid();
    const [signer] = await ethers.getSigners();
    const refused = await refusal(() =>
      deployHomeostat(signer!, { ...config, profile: { ...PROFILE, name: "absent" } }),
    );
    expect(refused.code).to.equal("DEPLOY_ARTEFACT");
  });

  const one = { ...LIMITS };
  const table: readonly (readonly [string, Partial<DeployConfig>])[] = [
    ["limits.cureSec", { limits: { ...one, cureSec: -1 } }],
    ["limits.claimDelaySec", { limits: { ...one, claimDelaySec: 2 ** 32 } }],
    ["limits.claimDelaySec", { limits: { ...one, claimDelaySec: 1.5 } }],
    ["limits.claimDelaySec", { limits: { ...one, claimDelaySec: 59 } }],
    ["limits.calmSec", { limits: { ...one, calmSec: 86_401 } }],
    ["limits.graceSec", { limits: { ...one, graceSec: 86_401 } }],
    ["limits.unauthorisedPauseSec", { limits: { ...one, unauthorisedPauseSec: 0 } }],
    ["limits.unauthorisedPauseSec", { limits: { ...one, unauthorisedPauseSec: 86_401 } }],
    ["limits.senderLimit", { limits: { ...one, senderLimit: 0 } }],
    ["limits.unauthorisedWindowSec", { limits: { ...one, senderLimit: 300_001 } }],
    ["limits.outflowWindowSec", { limits: { ...one, outflowWindowSec: 0 } }],
    ["limits.outflowBps", { limits: { ...one, outflowBps: 10_001 } }],
    ["limits.outflowFloor", { limits: { ...one, outflowFloor: 0n } }],
    ["limits.outflowFloor", { limits: { ...one, outflowFloor: 2n ** 64n } }],
    ["limits.exitDelaySec", { limits: { ...one, exitDelaySec: 3599 } }],
    ["limits.exitDelaySec", { limits: { ...one, exitDelaySec: 30 * 86_400 + 1 } }],
    ["limits.exitBlocks", { limits: { ...one, exitBlocks: 0 } }],
    ["limits.exitBlocks", { limits: { ...one, exitBlocks: 16 * LIMITS.exitDelaySec + 1 } }],
    ["limits.exitShareSec", { limits: { ...one, exitShareSec: 0 } }],
    ["council", { council: { council: "nobody", timelock: ONE } }],
    ["council.timelock", { council: { council: ONE, timelock: ONE } }],
    ["timelock", { council: { council: ONE, timelock: "nobody" } }],
    ["uptimeFeed", { uptimeFeed: "nowhere" }],
    ["stateHasher", { stateHasher: "nowhere" }],
    ["limits.haltCureSec", { limits: { ...one, haltCureSec: 59 } }],
    ["limits.maxReportAgeSec", { limits: { ...one, maxReportAgeSec: 0 } }],
    ["limits.maxReportAgeSec", { limits: { ...one, maxReportAgeSec: 901 } }],
    ["limits.proofDeadlineSec", { limits: { ...one, proofDeadlineSec: 0 } }],
    ["limits.futureToleranceSec", { limits: { ...one, futureToleranceSec: 3601 } }],
    ["limits.unauthorisedLimit", { limits: { ...one, unauthorisedLimit: 0 } }],
    ["limits.unauthorisedWindowSec", { limits: { ...one, unauthorisedWindowSec: 0 } }],
    ["engine.minimumDeposit", { engine: { minimumDeposit: 0n } }],
    ["engine.vaultCap", { engine: { vaultCap: 2n ** 62n + 1n } }],
    ["engine.feeWei", { engine: { feeWei: 2n ** 96n } }],
    ["token", { token: "0x12" }],
    ["verifiers.batch", { verifiers: { round: ONE, batch: "nowhere" } }],
    ["genesis.oracleWords", { genesis: { ...genesisConfig(1n), oracleWords: [1n] } }],
    ["genesis.marginParameters", { genesis: { ...genesisConfig(1n), marginParameters: [] } }],
    [
      "genesis.reporterKeys",
      { genesis: { ...genesisConfig(1n), reporterKeys: new Array<bigint>(8).fill(2n ** 256n) } },
    ],
  ];
  for (const [field, changes] of table) {
    it(`names ${field} when it is wrong`, async () => {
      const config = { profile: PROFILE, genesis: genesisConfig(1n), token: "test", ...changes };
      const refused = await refusal(() => checkConfig(config));
      expect([refused.code, refused.field]).to.deep.equal(["DEPLOY_CONFIG", field]);
    });
  }

  it("fills in defaults that pass its own checks", () => {
    const config = checkConfig({ profile: PROFILE, genesis: genesisConfig(1n), token: "test" });
    expect([config.limits, config.engine]).to.deep.equal([DEFAULT_GUARD_LIMITS, DEFAULT_ENGINE_LIMITS]);
  });
});

describe("the constructors", () => {
  /** A guard is made by hand: engine first, as deployHomeostat does, but with one thing changed. */
  async function makeGuard(changes: {
    bound?: object;
    shape?: object;
    limits?: object;
    genesis?: object;
    elsewhere?: boolean;
  }) {
    const [deployer] = await ethers.getSigners();
    const verifier = await ethers.deployContract("MockVerifierComparesSignals");
    const token = await ethers.deployContract("TestToken");
    const nonce = await ethers.provider.getTransactionCount(deployer!.address);
    const predicted = ethers.getCreateAddress({ from: deployer!.address, nonce: nonce + (changes.elsewhere ? 9 : 1) });
    const engine = await ethers.deployContract("HostileEngine", [predicted]);
    const codehash = ethers.keccak256(await ethers.provider.getCode(await verifier.getAddress()));
    const address = await verifier.getAddress();
    const bound = {
      engine: await engine.getAddress(),
      token: await token.getAddress(),
      roundVerifier: address,
      batchVerifier: address,
      roundVerifierCodehash: codehash,
      batchVerifierCodehash: codehash,
      council: ethers.ZeroAddress,
      timelock: ethers.ZeroAddress,
      uptimeFeed: ethers.ZeroAddress,
      exitHall: ethers.ZeroAddress,
    };
    const { markets, operations, reporters } = PROFILE;
    const factory = await ethers.getContractFactory("Homeostat");
    const make = () =>
      factory.deploy(
        { ...bound, ...changes.bound },
        { markets, operations, reporters, ...changes.shape },
        { ...LIMITS, ...changes.limits },
        { ...genesisConfig(1n), ...changes.genesis },
      );
    return { make, factory, bound, predicted, codehash };
  }

  it("make a guard of what is valid", async () => {
    await (await makeGuard({})).make();
  });

  it("bind a council with its timelock and an uptime feed", async () => {
    const bound = { council: address(1), timelock: address(2), uptimeFeed: address(3) };
    const guard = await (await makeGuard({ bound })).make();
    for (const [name, value] of Object.entries(bound)) expect(await guard.getFunction(name)(), name).to.equal(value);
  });

  it("refuse a verifier whose code is missing or not the named one", async () => {
    const other = `0x${"12".repeat(32)}`;
    for (const role of ["round", "batch"] as const) {
      const wrong = await makeGuard({ bound: { [`${role}VerifierCodehash`]: other } });
      await expect(wrong.make())
        .to.be.revertedWithCustomError(wrong.factory, "WrongVerifierCode")
        .withArgs(wrong.bound.roundVerifier, other, wrong.codehash);
      const empty = `0x${"34".repeat(20)}`;
      const missing = await makeGuard({
        bound: { [`${role}Verifier`]: empty, [`${role}VerifierCodehash`]: ethers.ZeroHash },
      });
      await expect(missing.make()).to.be.revertedWithCustomError(missing.factory, "WrongVerifierCode");
    }
  });

  it("refuse an engine of another guard", async () => {
    const { make, factory, bound, predicted } = await makeGuard({ elsewhere: true });
    await expect(make())
      .to.be.revertedWithCustomError(factory, "EngineOfAnotherGuard")
      .withArgs(bound.engine, predicted);
  });

  it("refuse an exit hall of another guard", async () => {
    const [deployer] = await ethers.getSigners();
    const hasher = await deployStateHasher(deployer!, "artifacts", PROFILE.markets);
    const hall = await ethers.deployContract("ExitHall", [address(5), hasher, PROFILE.depth]);
    const exitHall = await hall.getAddress();
    const { make, factory } = await makeGuard({ bound: { exitHall } });
    await expect(make()).to.be.revertedWithCustomError(factory, "HallOfAnotherGuard").withArgs(exitHall, address(5));
  });

  const bad: readonly (readonly [string, object, bigint])[] = [
    ["markets", { shape: { markets: 0 } }, 0n],
    ["markets", { shape: { markets: 5 } }, 5n],
    ["operations", { shape: { operations: 17 } }, 17n],
    ["reporters", { shape: { reporters: 0 } }, 0n],
    ["haltCureSec", { limits: { haltCureSec: 59 } }, 59n],
    ["proofDeadlineSec", { limits: { proofDeadlineSec: 0 } }, 0n],
    ["roundDeadlineSec", { limits: { roundDeadlineSec: 0 } }, 0n],
    ["maxReportAgeSec", { limits: { maxReportAgeSec: 901 } }, 901n],
    ["futureToleranceSec", { limits: { futureToleranceSec: 3601 } }, 3601n],
    ["unauthorisedLimit", { limits: { unauthorisedLimit: 0 } }, 0n],
    ["unauthorisedWindowSec", { limits: { unauthorisedWindowSec: 0 } }, 0n],
    ["claimDelaySec", { limits: { claimDelaySec: 59 } }, 59n],
    ["calmSec", { limits: { calmSec: 86_401 } }, 86_401n],
    ["graceSec", { limits: { graceSec: 86_401 } }, 86_401n],
    ["unauthorisedPauseSec", { limits: { unauthorisedPauseSec: 0 } }, 0n],
    ["unauthorisedPauseSec", { limits: { unauthorisedPauseSec: 86_401 } }, 86_401n],
    ["senderLimit", { limits: { senderLimit: 1_000_001 } }, 1_000_001n],
    ["senderLimit", { limits: { senderLimit: 300_001 } }, 0n],
    ["outflowWindowSec", { limits: { outflowWindowSec: 0 } }, 0n],
    ["outflowBps", { limits: { outflowBps: 0 } }, 0n],
    ["outflowBps", { limits: { outflowBps: 10_001 } }, 10_001n],
    ["outflowFloor", { limits: { outflowFloor: 0 } }, 0n],
    ["exitDelaySec", { limits: { exitDelaySec: 3599 } }, 3599n],
    ["exitDelaySec", { limits: { exitDelaySec: 2_592_001 } }, 2_592_001n],
    ["exitBlocks", { limits: { exitBlocks: 0 } }, 0n],
    ["exitBlocks", { limits: { exitBlocks: 16 * LIMITS.exitDelaySec + 1 } }, 16n * BigInt(LIMITS.exitDelaySec) + 1n],
    ["exitShareSec", { limits: { exitShareSec: 0 } }, 0n],
    ["timelock", { bound: { council: ONE } }, 0n],
    ["timelock", { bound: { timelock: ONE } }, BigInt(ONE)],
    ["timelock", { bound: { council: ONE, timelock: ONE } }, BigInt(ONE)],
    ["staleSec", { genesis: { marginParameters: new Array<bigint>(12).fill(0n) } }, 0n],
  ];
  for (const [name, changes, value] of bad) {
    it(`refuse ${name} ${value}`, async () => {
      const { make, factory } = await makeGuard(changes);
      await expect(make()).to.be.revertedWithCustomError(factory, "BadParameter").withArgs(name, value);
    });
  }

  for (const [name, wanted] of [
    ["oracleParameters", 35n],
    ["marginParameters", 12n],
    ["reporterKeys", 8n],
    ["oracleWords", 5n],
  ] as const) {
    it(`refuse ${name} of another length`, async () => {
      const { make, factory } = await makeGuard({ genesis: { [name]: [1n, 1n] } });
      await expect(make()).to.be.revertedWithCustomError(factory, "WrongLength").withArgs(name, 2n, wanted);
    });
  }

  it("refuse an engine's parameters out of range", async () => {
    const factory = await ethers.getContractFactory("MarginEngine");
    const token = await (await ethers.deployContract("TestToken")).getAddress();
    const limits = { markets: 2, depth: 8, minimumDeposit: 1n, vaultCap: 2n ** 62n, feeWei: 0n };
    await factory.deploy(token, token, limits);
    const cases: readonly (readonly [string, object, bigint])[] = [
      ["markets", { markets: 0 }, 0n],
      ["depth", { depth: 0 }, 0n],
      ["depth", { depth: 33 }, 33n],
      ["minimumDeposit", { minimumDeposit: 0n }, 0n],
      ["vaultCap", { vaultCap: 2n ** 62n + 1n }, 2n ** 62n + 1n],
    ];
    for (const [name, changes, value] of cases) {
      await expect(factory.deploy(token, token, { ...limits, ...changes }))
        .to.be.revertedWithCustomError(factory, "BadEngineParameter")
        .withArgs(name, value);
    }
    await expect(factory.deploy(token, `0x${"56".repeat(20)}`, limits))
      .to.be.revertedWithCustomError(factory, "BadEngineParameter")
      .withArgs("token", BigInt(`0x${"56".repeat(20)}`));
  });
});
