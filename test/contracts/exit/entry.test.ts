import { expect } from "chai";
import type { Contract } from "ethers";
import { type Bench, defaultBench, deployBench, FEE_WEI, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const DELAY = BigInt(LIMITS.exitDelaySec);
const BLOCKS = LIMITS.exitBlocks;
const EXIT = 4n;

/** No round comes any more, and somebody has noted the halt. */
async function noted() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1_000n);
  await bench.settle(1, { liabilities: 1_000n });
  await bench.submitRound();
  await bench.deposit(bench.bob, 50n);
  await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 1);
  await bench.guard.noteHalt!();
  return { ...bench, notedAt: await now(), notedBlock: await networkHelpers.time.latestBlock() };
}
const fixture = () => networkHelpers.loadFixture(noted);

/** All blocks and all seconds that Exit needs have passed. */
async function outwaited() {
  const bench = await noted();
  await networkHelpers.mine(BLOCKS);
  await networkHelpers.time.increaseTo(bench.notedAt + DELAY);
  return bench;
}
const exitable = () => networkHelpers.loadFixture(outwaited);

const refusesExit = ({ guard }: Pick<Bench, "guard">) =>
  expect(guard.enterExit!()).to.be.revertedWithCustomError(guard, "NotExitable");

describe("Exit", () => {
  it("begins exactly when the noted halt has lasted long enough, and not a second earlier", async () => {
    const { guard, notedAt, notedBlock } = await fixture();
    await networkHelpers.mine(BLOCKS - 1);
    await networkHelpers.time.setNextBlockTimestamp(notedAt + DELAY - 1n);
    await networkHelpers.mine(1);
    expect(await networkHelpers.time.latestBlock()).to.equal(notedBlock + BLOCKS);
    expect(await guard.exitable!()).to.equal(false);
    await networkHelpers.time.setNextBlockTimestamp(notedAt + DELAY);
    await expect(guard.enterExit!())
      .to.emit(guard, "ExitEntered")
      .withArgs(notedAt + DELAY);
    expect(await guard.exitAt!()).to.equal(notedAt + DELAY);
  });

  it("is refused one second too early", async () => {
    const bench = await fixture();
    await networkHelpers.mine(BLOCKS);
    await networkHelpers.time.setNextBlockTimestamp(bench.notedAt + DELAY - 1n);
    await refusesExit(bench);
  });

  it("is refused one block too early, however much time has passed: a chain that stands still makes no blocks", async () => {
    const bench = await fixture();
    await networkHelpers.mine(BLOCKS - 2);
    await networkHelpers.time.increase(10n * DELAY);
    expect(await networkHelpers.time.latestBlock()).to.equal(bench.notedBlock + BLOCKS - 1);
    expect(await bench.guard.exitable!()).to.equal(false);
    await networkHelpers.mine(1);
    expect(await bench.guard.exitable!()).to.equal(true);
    await bench.guard.enterExit!();
  });

  it("is refused without a note, however long the halt lasts", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    await networkHelpers.mine(BLOCKS, { interval: 60 });
    expect(await bench.guard.haltCauses!()).to.not.equal(0n);
    await refusesExit(bench);
  });

  it("is refused after the guard has recovered, and when it halts again the time begins anew", async () => {
    const bench = await fixture();
    const { guard, notedAt } = bench;
    await networkHelpers.mine(BLOCKS);
    await networkHelpers.time.increaseTo(notedAt + DELAY - 100n);
    await bench.submitRound();
    await bench.settle(1, { liabilities: 1_050n });
    expect(await guard.haltCauses!()).to.equal(0n);
    await networkHelpers.time.increaseTo(notedAt + DELAY);
    await refusesExit(bench);
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 1);
    expect(await guard.haltCauses!(), "late again").to.not.equal(0n);
    await refusesExit(bench);
    await guard.noteHalt!();
    await refusesExit(bench);
  });

  it("is refused for a guard without a hall: it would be a dead end", async () => {
    const bench = await deployBench({ exitHall: "none" });
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 1);
    await bench.guard.noteHalt!();
    await networkHelpers.mine(BLOCKS);
    await networkHelpers.time.increase(DELAY);
    expect(await bench.guard.exitable!()).to.equal(false);
    await refusesExit(bench);
  });

  it("can be entered by anyone, once, and is recorded with what was at stake", async () => {
    const { guard, alice } = await exitable();
    await expect((guard.connect(alice) as Contract).enterExit!())
      .to.emit(guard, "IncidentDetected")
      .withArgs(10n, 255n, (await now()) + 1n, 1_000n);
    const entered: bigint = await guard.exitAt!();
    await expect(guard.enterExit!()).to.be.revertedWithCustomError(guard, "ExitBegun").withArgs(entered);
  });

  it("has no way back: no proof, no operation, no note changes anything", async () => {
    const bench = await exitable();
    const { guard, engine, alice } = bench;
    await guard.enterExit!();
    expect(await guard.status!(0)).to.equal(EXIT);
    await expect(bench.submitRound()).to.be.revertedWithCustomError(guard, "ExitBegun");
    await expect(bench.settle(1, { liabilities: 1_050n })).to.be.revertedWithCustomError(guard, "ExitBegun");
    await expect(guard.noteHalt!()).to.be.revertedWithCustomError(guard, "ExitBegun");
    await expect(bench.deposit(alice, 100n)).to.be.revertedWithCustomError(engine, "OperationRefused");
    await expect(engine.recertify!(1n, 1n, { value: FEE_WEI })).to.be.revertedWithCustomError(
      engine,
      "OperationRefused",
    );
    expect(await guard.status!(1)).to.equal(EXIT);
  });
});
