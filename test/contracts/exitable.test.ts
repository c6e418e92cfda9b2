import { expect } from "chai";
import { Contract } from "ethers";
import { ENGINE_ABI } from "../../verifier/chain/abi.ts";
import { type Bench, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { PAID, SIGNATURE } from "../helpers/contracts/posted.ts";

const [NORMAL, HALTED, EXIT] = [0n, 3n, 4n];
const DELAY = BigInt(LIMITS.exitDelaySec);
const BLOCKS = LIMITS.exitBlocks;

async function withDeposit() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withDeposit);

/** Rounds are late, and someone noted it. */
async function halted(): Promise<Bench & { readonly notedAt: bigint; readonly notedBlock: bigint }> {
  const bench = await fixture();
  await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 10);
  await bench.guard.noteHalt!();
  return { ...bench, notedAt: await now(), notedBlock: BigInt(await networkHelpers.time.latestBlock()) };
}
/** Makes blocks up to this one. */
const mineTo = async (block: bigint) => networkHelpers.mine(block - BigInt(await networkHelpers.time.latestBlock()));

describe("the note of a halt", () => {
  it("is made by anyone once something halts that can last, and keeps time and block", async () => {
    const bench = await fixture();
    await expect(bench.guard.noteHalt!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 10);
    const guard = bench.guard.connect(bench.bob) as Contract;
    await expect(guard.noteHalt!()).to.emit(bench.guard, "HaltNoted").withArgs(true);
    const alarms = await bench.guard.alarms!();
    expect([alarms.haltNotedAt, alarms.haltNotedBlock]).to.deep.equal([
      await now(),
      BigInt(await networkHelpers.time.latestBlock()),
    ]);
    await expect(guard.noteHalt!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
    expect((await bench.guard.alarms!()).haltNotedAt).to.equal(alarms.haltNotedAt);
  });

  it("is ended by the proof that ends the halt", async () => {
    const bench = await halted();
    await expect(bench.submitRound()).to.emit(bench.guard, "HaltNoted").withArgs(false);
    const alarms = await bench.guard.alarms!();
    expect([alarms.haltNotedAt, alarms.haltNotedBlock]).to.deep.equal([0n, 0n]);
  });

  it("outlives a proof that leaves another cause", async () => {
    const bench = await halted();
    await bench.drain(1n);
    await expect(bench.submitRound()).to.not.emit(bench.guard, "HaltNoted");
    expect((await bench.guard.alarms!()).haltNotedAt).to.equal(bench.notedAt);
  });

  it("is ended by anyone when the halt ended without a proof", async () => {
    const bench = await fixture();
    await bench.drain(1n);
    await bench.guard.noteHalt!();
    await bench.token.mint!(bench.at.engine, 1n);
    await expect(bench.guard.noteHalt!()).to.emit(bench.guard, "HaltNoted").withArgs(false);
  });

  it("is not made for a pause after unauthorised operations, which ends by itself", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1n);
    await bench.settle(1, { unauthorised: 4n });
    expect(await bench.guard.haltCauses!()).to.equal(32n);
    await expect(bench.guard.noteHalt!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
  });

  it("is ended though a pause goes on", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1n);
    await bench.drain(2n);
    await bench.guard.noteHalt!();
    await bench.token.mint!(bench.at.engine, 2n);
    await expect(bench.settle(1, { unauthorised: 4n }))
      .to.emit(bench.guard, "HaltNoted")
      .withArgs(false);
  });
});

describe("Exit", () => {
  it("needs the time and the blocks: a chain that stood still has used neither up", async () => {
    const bench = await halted();
    await networkHelpers.time.increaseTo(bench.notedAt + 2n * DELAY);
    expect(await bench.guard.exitable!()).to.equal(false);
    expect(await bench.guard.status!(0n)).to.equal(HALTED);
    await mineTo(bench.notedBlock + BigInt(BLOCKS) - 1n);
    expect(await bench.guard.exitable!()).to.equal(false);
    await mineTo(bench.notedBlock + BigInt(BLOCKS));
    expect(await bench.guard.exitable!()).to.equal(true);
  });

  it("needs the whole delay", async () => {
    const bench = await halted();
    await networkHelpers.mine(BLOCKS, { interval: 1 });
    await networkHelpers.time.increaseTo(bench.notedAt + DELAY - 1n);
    expect(await bench.guard.exitable!()).to.equal(false);
    await networkHelpers.time.increaseTo(bench.notedAt + DELAY);
    expect(await bench.guard.exitable!()).to.equal(true);
    expect([
      await bench.guard.status!(0n),
      await bench.guard.status!(1n),
      await bench.guard.globalStatus!(),
    ]).to.deep.equal([EXIT, EXIT, EXIT]);
  });

  it("needs a note, however long the halt", async () => {
    const bench = await fixture();
    await networkHelpers.mine(BLOCKS + 10, { interval: 60 });
    expect(await bench.guard.exitable!()).to.equal(false);
    expect(await bench.guard.globalStatus!()).to.equal(HALTED);
  });

  it("needs the halt to last: a vault that is filled up again leads back", async () => {
    const limits = { ...LIMITS, roundDeadlineSec: 2 ** 31 };
    const bench = await deployBench({ limits });
    await bench.deposit(bench.alice, 1000n);
    await bench.settle(1);
    await bench.drain(1n);
    await bench.guard.noteHalt!();
    await networkHelpers.mine(BLOCKS + 1, { interval: 30 });
    expect(await bench.guard.exitable!()).to.equal(true);
    await bench.token.mint!(bench.at.engine, 1n);
    expect(await bench.guard.exitable!()).to.equal(false);
    expect(await bench.guard.globalStatus!()).to.equal(NORMAL);
  });

  it("takes no proof and no operation", async () => {
    const bench = await halted();
    await bench.deposit(bench.alice, 50n);
    const batch = await bench.batchArguments(1);
    await networkHelpers.mine(BLOCKS + 1, { interval: 30 });
    expect(await bench.guard.globalStatus!()).to.equal(EXIT);
    await expect(bench.submitRound()).to.be.revertedWithCustomError(bench.guard, "ExitBegun").withArgs(0n);
    await expect(bench.guard.settleBatch!(...batch))
      .to.be.revertedWithCustomError(bench.guard, "ExitBegun")
      .withArgs(0n);

    const order = {
      market: 0n,
      accountA: 1n,
      accountB: 1n,
      nonceA: 1n,
      nonceB: 1n,
      expiry: 2n ** 39n,
      size: 1n,
      price: 1n,
      amount: 0n,
    };
    const engine = new Contract(bench.at.engine, ENGINE_ABI, bench.alice);
    const calls: readonly (readonly [bigint, () => Promise<unknown>])[] = [
      [1n, () => bench.deposit(bench.alice, 5n)],
      [2n, () => engine.withdraw!(1n, 1n, 1n, 2n ** 39n, SIGNATURE, PAID)],
      [3n, () => engine.trade!(order, SIGNATURE, SIGNATURE, PAID)],
      [4n, () => engine.liquidate!(order, SIGNATURE, PAID)],
      [5n, () => engine.backstop!(1n, PAID)],
      [6n, () => engine.recertify!(1n, 1n, PAID)],
      [7n, () => engine.setKey!(1n, 1n, PAID)],
      [8n, () => engine.shareLoss!(0n, PAID)],
    ];
    for (const [kind, call] of calls) {
      await expect(call()).to.be.revertedWithCustomError(bench.engine, "OperationRefused").withArgs(kind, EXIT);
    }
  });
});

describe("the note of a short vault", () => {
  it("begins and ends by anyone's word, when it is so", async () => {
    const bench = await fixture();
    await expect(bench.guard.noteVault!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
    await bench.drain(1n);
    await expect(bench.guard.noteVault!()).to.emit(bench.guard, "VaultNoted").withArgs(true);
    const since = await now();
    expect((await bench.guard.alarms!()).vaultShortSince).to.equal(since);
    await expect(bench.guard.noteVault!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
    await bench.token.mint!(bench.at.engine, 1n);
    await expect(bench.guard.noteVault!())
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(7n, 255n, since, since, (await now()) + 1n);
    expect((await bench.guard.alarms!()).vaultShortSince).to.equal(0n);
    expect(await bench.guard.globalStatus!()).to.equal(NORMAL);
  });
});
