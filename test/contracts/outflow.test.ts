import { expect } from "chai";
import { Contract } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import {
  type Bench,
  CALM,
  deployBench,
  FEE_WEI,
  GENESIS_ORACLE_ROOT,
  GENESIS_ROOT,
  genesisConfig,
  LIMITS,
  now,
} from "../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

const WINDOW = BigInt(LIMITS.outflowWindowSec);
/** Quarter of what is owed. */
const SHARE = 25_000n;
const FLOOR = 1_000n;
/** Of market 0 and 1, as the bench's prices have it in calm. */
const BASE = CALM.maintenanceRate;

/** Places among a market's oracle parameters. @see verifier/model/parameters.ts ORACLE_MARKET_FIELDS */
const MAINTENANCE_BASE = 3;
const MAINTENANCE_STEP = 5;

async function deployRun() {
  const genesis = genesisConfig(await now());
  const ofMarket = (i: number) => (i < 7 ? -1 : (i - 7) % 14);
  const oracleParameters = genesis.oracleParameters.map((word, i) =>
    ofMarket(i) === MAINTENANCE_BASE || ofMarket(i) === MAINTENANCE_STEP ? BASE : word,
  );
  return deployBench({ genesis: { ...genesis, oracleParameters }, limits: { ...LIMITS, outflowFloor: FLOOR } });
}

/** Alice deposited 100,000 and withdrew 60,000 (claim 0) and 20,000 (claim 1); both are payable. */
async function withRun() {
  const bench = await deployRun();
  await bench.deposit(bench.alice, 100_000n);
  await bench.settle(1, { liabilities: 100_000n });
  await withdraw(bench, 60_000n);
  await withdraw(bench, 20_000n);
  await bench.settle(2, { liabilities: 20_000n });
  await networkHelpers.time.increase(LIMITS.claimDelaySec);
  await bench.submitRound();
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withRun);

async function withdraw(bench: Bench, amount: bigint) {
  const engine = new Contract(bench.at.engine, ENGINE_ABI, bench.alice);
  const signature = { r8x: 1n, r8y: 2n, s: 3n };
  return engine.withdraw!(1n, amount, 1n, (await now()) + 9999n, signature, { value: FEE_WEI });
}

/** Keeps the guard from halting while time passes. */
async function passTime(bench: Bench, seconds: bigint, rate = BASE) {
  const end = (await now()) + seconds;
  for (let left = end - (await now()); left > 60n; left = end - (await now())) {
    await networkHelpers.time.increase(left > 600n ? 600n : left - 30n);
    await bench.submitRound({ markets: [CALM, { ...CALM, maintenanceRate: rate, initialRate: 2n * rate }] });
  }
  await networkHelpers.time.setNextBlockTimestamp(end);
}

const restOf = async (bench: Bench, id: bigint) => (await bench.guard.claim!(id))[1];

describe("what may leave in a window", () => {
  it("is a share of what is owed: a greater claim is paid in part, and stays open for the rest", async () => {
    const bench = await fixture();
    const alice = await bench.alice.getAddress();
    expect(await bench.guard.outflowAllowance!()).to.equal(SHARE);
    await expect(bench.guard.payClaim!(0n)).to.emit(bench.guard, "ClaimPaid").withArgs(0n, alice, SHARE);
    expect(await bench.token.balanceOf!(alice)).to.equal(SHARE);
    expect((await bench.guard.claim!(0n)).slice(1, 2)).to.deep.equal([60_000n - SHARE]);
    expect((await bench.guard.claim!(0n))[3]).to.equal(false);
    expect(await bench.guard.unpaidClaims!()).to.equal(80_000n - SHARE);
    expect(await bench.engine.vaulted!()).to.equal(100_000n - SHARE);
  });

  it("is over when it is used up, for every claim, and says when there is room again", async () => {
    const bench = await fixture();
    await bench.guard.payClaim!(0n);
    const limit = 18_750n; // a quarter of the 75,000 still owed: the level lies 6,250 above it
    const paidAt = await now();
    await networkHelpers.time.setNextBlockTimestamp(paidAt + 1n);
    const wait = ((SHARE - (limit * 1n) / WINDOW - limit + 1n) * WINDOW + limit - 1n) / limit;
    await expect(bench.guard.payClaim!(1n))
      .to.be.revertedWithCustomError(bench.guard, "OutflowExhausted")
      .withArgs(paidAt + 1n + wait);
    expect(await bench.guard.outflowAllowance!()).to.equal(0n);
    await passTime(bench, paidAt + 1n + wait - (await now()));
    await bench.guard.payClaim!(1n);
    expect(await restOf(bench, 1n)).to.be.lessThan(20_000n);
  });

  it("renews itself as time passes, in proportion", async () => {
    const bench = await fixture();
    await bench.guard.payClaim!(0n);
    await passTime(bench, WINDOW / 2n);
    await networkHelpers.mine();
    const limit = 18_750n;
    expect(await bench.guard.outflowAllowance!()).to.equal(limit - (SHARE - limit / 2n));
  });

  it("pays a claim of several windows in full, and once", async function () {
    this.timeout(120_000);
    const bench = await fixture();
    const alice = await bench.alice.getAddress();
    let paid = 0n;
    let windows = 0;
    for (; !(await bench.guard.claim!(0n))[3]; windows++) {
      const before: bigint = await bench.token.balanceOf!(alice);
      await bench.guard.payClaim!(0n);
      const after: bigint = await bench.token.balanceOf!(alice);
      paid += after - before;
      await passTime(bench, WINDOW);
    }
    expect(windows).to.equal(5);
    expect(paid).to.equal(60_000n);
    await expect(bench.guard.payClaim!(0n)).to.be.revertedWithCustomError(bench.guard, "ClaimAlreadyPaid").withArgs(0n);
  });

  it("never falls below the floor: a small vault pays at once", async () => {
    const bench = await deployRun();
    await bench.deposit(bench.alice, 3000n);
    await bench.settle(1, { liabilities: 3000n });
    expect(await bench.guard.outflowAllowance!()).to.equal(FLOOR); // a quarter would be 750
    await withdraw(bench, FLOOR);
    await bench.settle(1, { liabilities: 2000n });
    await networkHelpers.time.increase(LIMITS.claimDelaySec);
    await bench.guard.payClaim!(0n);
    expect((await bench.guard.claim!(0n))[3]).to.equal(true);
  });

  it("shrinks with proven volatility, by the worst market", async () => {
    const bench = await fixture();
    const updatedAt = CALM.updatedAt + 256n; // the rate rises by maintenanceStep, 1, in that time
    const volatile = { ...CALM, updatedAt, maintenanceRate: BASE + 1n, initialRate: 4n * BASE };
    await bench.submitRound({ markets: [CALM, volatile] });
    expect(await bench.guard.outflowAllowance!()).to.equal((SHARE * BASE) / (BASE + 1n));
  });

  it("is no more than in calm when prices are calmer still", async () => {
    const bench = await fixture();
    await bench.submitRound({ markets: [CALM, { ...CALM, maintenanceRate: BASE - 1n }] });
    expect(await bench.guard.outflowAllowance!()).to.equal(SHARE);
  });
});

describe("what comes and goes in one block", () => {
  it("cannot leave in it: a deposit, a round, a withdrawal and their proofs make a claim that waits", async () => {
    const bench = await deployBench({ limits: { ...LIMITS, claimDelaySec: 60 } });
    await bench.deposit(bench.bob, 500n);
    await bench.settle(1, { liabilities: 500n });
    const alice = await bench.alice.getAddress();
    await bench.token.mint!(alice, 1000n);
    await (bench.token.connect(bench.alice) as Contract).approve!(bench.at.engine, 1000n);
    const [engine, guard] = [bench.engine.connect(bench.alice), bench.guard.connect(bench.alice)] as [
      Contract,
      Contract,
    ];
    const timestamp = (await now()) + 12n;
    const provider = ethers.provider;
    const gas = { gasLimit: 1_000_000 };
    /** The words that the log will write in that block. */
    const logWord = (round: bigint) => round + timestamp * 2n ** 40n + BigInt(alice) * 2n ** 80n;
    const round = await bench.roundArguments({ timestamp });
    const deposit = [1n + 2n * 2n ** 8n, 1000n * 2n ** 67n, logWord(0n), BigInt(alice), 11n, 12n, 0n, 0n, 0n];
    const head = 2n + 2n * 2n ** 8n + 2n ** 72n + (timestamp + 9n) * 2n ** 152n;
    const withdrawal = [head, 1000n * 2n ** 67n, logWord(1n), 1n, 2n, 3n, BigInt(alice), 0n, 0n];
    const first = await bench.batchArguments(1, { operations: [deposit], liabilities: 1500n });
    const second = await bench.batchArguments(1, {
      operations: [withdrawal],
      liabilities: 500n,
      oracleRoot: GENESIS_ORACLE_ROOT + 1n,
      update: { firstOperation: 2n, newStateRoot: GENESIS_ROOT + 3n },
      signals: ([, ...signals]) => [GENESIS_ROOT + 2n, ...signals],
    });

    await provider.send("evm_setAutomine", [false]);
    await networkHelpers.time.setNextBlockTimestamp(timestamp);
    const signature = { r8x: 1n, r8y: 2n, s: 3n };
    const sent = [
      await engine.deposit!(1000n, 11n, 12n, { ...gas, value: FEE_WEI }),
      await guard.submitRound!(...round, gas),
      await engine.withdraw!(2n, 1000n, 1n, timestamp + 9n, signature, { ...gas, value: FEE_WEI }),
      await guard.settleBatch!(...first, gas),
      await guard.settleBatch!(...second, gas),
      await guard.payClaim!(0n, gas),
    ];
    await networkHelpers.mine(); // the whole block
    await provider.send("evm_setAutomine", [true]);
    const receipts = await Promise.all(sent.map(({ hash }) => provider.getTransactionReceipt(hash)));
    expect(new Set(receipts.map((receipt) => receipt?.blockNumber)).size).to.equal(1);
    expect(receipts.map((receipt) => receipt?.status)).to.deep.equal([1, 1, 1, 1, 1, 0]);
    expect(await bench.token.balanceOf!(alice)).to.equal(0n);
    await networkHelpers.time.setNextBlockTimestamp(timestamp + 59n);
    await expect(bench.guard.payClaim!(0n))
      .to.be.revertedWithCustomError(bench.guard, "ClaimNotPayable")
      .withArgs(0n, timestamp + 60n, timestamp + 59n);
  });
});
