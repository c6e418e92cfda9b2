import { expect } from "chai";
import type { GuardLimits } from "../../scripts/deploy/defaults.ts";
import { type Bench, CALM, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import { checkpointsOf, headOf } from "../helpers/contracts/checkpoints.ts";
import { boxOf } from "../helpers/contracts/encode.ts";
import { deployHostileEngine } from "../helpers/contracts/hostile.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { CAUSE, rollBack, withdraw } from "../helpers/contracts/shortVault.ts";

const CURE = BigInt(LIMITS.haltCureSec);
/** Long positions that are below maintenance at 1000 ticks, but not bankrupt. */
const BREACHED = boxOf([{ long: 995n }]);
const { deficit } = CAUSE;

/**
 * Checkpoint 1: Alice has 1000, Bob 2000. 2: a breach in market 0. 3: the deficit. 4: more of it. Of both batches of before the
 * deficit Alice withdrew something: claim 0 (at checkpoint 1) and claim 1 (at checkpoint 4).
 */
async function withDeficit(limits: Partial<GuardLimits> = {}) {
  const bench = await deployBench({ limits: { ...LIMITS, ...limits } });
  await bench.deposit(bench.alice, 1000n);
  await withdraw(bench, bench.alice, 1n, 600n);
  await bench.settle(2, { liabilities: 400n });
  await bench.deposit(bench.bob, 2000n);
  await bench.settle(1, { liabilities: 2400n, box: BREACHED });
  const breachedAt = await now();
  await bench.deposit(bench.bob, 1n);
  await bench.settle(1, { liabilities: 2401n, box: BREACHED, deficit: 7n });
  const since = await now();
  await withdraw(bench, bench.alice, 1n, 300n);
  await bench.settle(1, { liabilities: 2101n, box: BREACHED, deficit: 9n });
  return { ...bench, breachedAt, since };
}
const withDefaults = () => withDeficit();
const fixture = () => networkHelpers.loadFixture(withDefaults);

/** Two cure times after the deficit began, and a second. */
async function outlast(bench: { readonly since: bigint }) {
  await networkHelpers.time.setNextBlockTimestamp(bench.since + 2n * CURE + 1n);
}

async function pay(bench: Bench, id: bigint) {
  await networkHelpers.time.increase(LIMITS.claimDelaySec);
  return bench.guard.payClaim!(id);
}

describe("a rollback of a lasting deficit", () => {
  it("restores the last checkpoint proven before the deficit, and before the oldest breach that is still there", async () => {
    const bench = await fixture();
    const checkpoints = await checkpointsOf(bench);
    await outlast(bench);
    await rollBack(bench, deficit, 1);
    const { guard } = bench;
    expect(await guard.settled!()).to.equal(2n);
    expect(await guard.deficitSince!()).to.equal(0n);
    expect(await guard.breachSince!(0n)).to.deep.equal([0n, 0n]);
    expect(await guard.totalsWord!()).to.equal(400n);
    expect(await guard.unpaidClaims!()).to.equal(600n);
    expect(await guard.isVoid!(0n)).to.equal(false);
    expect(await guard.isVoid!(1n)).to.equal(true);
    expect(await guard.checkpointHead!()).to.equal(headOf(checkpoints.slice(0, 2)));
    expect(await guard.haltCauses!()).to.equal(0n);
  });

  it("restores the checkpoint right before it when no breach is older", async () => {
    const bench = await fixture();
    await bench.settle(1, { operations: await oneMore(bench), liabilities: 2101n, deficit: 9n }); // the breach ends
    await outlast(bench);
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "TargetTooEarly")
      .withArgs(2n, 3n);
    await outlast({ since: bench.since + 10n });
    await rollBack(bench, deficit, 2);
    expect(await bench.guard.settled!()).to.equal(3n);
    const [breached] = await bench.guard.breachSince!(0n);
    expect(breached).to.equal(await now()); // the restored box is breached at the prices of now
  });

  it("waits twice haltCureSec, to the second: loss sharing comes first", async () => {
    const bench = await fixture();
    await networkHelpers.time.setNextBlockTimestamp(bench.since + 2n * CURE);
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
      .withArgs(deficit, bench.since);
  });

  it("is refused without a deficit", async () => {
    const bench = await fixture();
    await bench.settle(1, { operations: await oneMore(bench), liabilities: 2101n, box: BREACHED });
    await outlast(bench);
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
      .withArgs(deficit, 0n);
  });

  it("is refused to a checkpoint proven after the incident began, and to one before the last", async () => {
    const bench = await fixture();
    await outlast(bench);
    for (const place of [2, 3, 4]) {
      const target = (await checkpointsOf(bench))[place];
      await expect(rollBack(bench, deficit, place))
        .to.be.revertedWithCustomError(bench.guard, "TargetTooLate")
        .withArgs(target!.provenAt, bench.breachedAt);
    }
    await expect(rollBack(bench, deficit, 0))
      .to.be.revertedWithCustomError(bench.guard, "TargetTooEarly")
      .withArgs(0n, 2n);
  });

  it("is refused once a claim created since was paid", async () => {
    const bench = await fixture();
    await pay(bench, 1n);
    await outlast(bench);
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "RollbackTooLate")
      .withArgs(2n, 1n);
  });

  it("is refused also when it was paid in part", async () => {
    const bench = await withDeficit({ outflowFloor: 1n, outflowBps: 1 });
    await pay(bench, 1n);
    expect((await bench.guard.claim!(1n)).slice(1, 2)).to.deep.equal([299n]);
    await outlast(bench);
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "RollbackTooLate")
      .withArgs(2n, 1n);
  });

  it("is refused once Exit can begin: then everyone leaves with the last proven state", async () => {
    const bench = await withDeficit({ exitDelaySec: 3600, exitBlocks: 1 });
    await outlast(bench);
    await bench.guard.noteHalt!();
    await networkHelpers.time.increase(3600);
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "ExitBegun")
      .withArgs(0n);
  });

  it("keeps what is left of a claim of before that was paid meanwhile, in part", async () => {
    const bench = await withDeficit({ outflowFloor: 250n, outflowBps: 1 });
    await pay(bench, 0n);
    await outlast(bench);
    await rollBack(bench, deficit, 1);
    expect((await bench.guard.claim!(0n))[1]).to.equal(350n);
    expect(await bench.guard.unpaidClaims!()).to.equal(350n);
    expect(await bench.token.balanceOf!(bench.at.engine)).to.equal(2751n);
    await bench.settle(1, { operations: await oneMore(bench), liabilities: 400n });
    expect(await bench.guard.checkpointHead!()).to.equal(headOf(await checkpointsOf(bench)));
  });

  it("happens once an incident: not for what began before the last one, or came of it", async () => {
    const bench = await fixture();
    const { guard } = bench;
    await outlast(bench);
    await rollBack(bench, deficit, 1);
    const rolledBackAt = await now();
    // the round of now brings the breach of a box that is restored; the deficit of that incident is no new one
    await networkHelpers.time.increase(1);
    await bench.settle(1, { operations: await oneMore(bench), liabilities: 400n, box: BREACHED, deficit: 1n });
    const since = await now();
    await outlast({ since });
    await rollBack(bench, deficit, 1); // this one is
    expect(await guard.settled!()).to.equal(2n);
    expect(since > rolledBackAt).to.equal(true);
  });

  it("is refused for a breach that the last rollback left behind", async () => {
    const bench = await deployBench();
    await bench.deposit(bench.alice, 1000n);
    await bench.settle(1, { liabilities: 1000n, box: BREACHED }); // breached from the start, on the price of genesis
    await bench.submitRound({ markets: [{ ...CALM, mark: 1100n, median: 1100n }, CALM] }); // not any more
    await networkHelpers.time.increase(1);
    await bench.deposit(bench.alice, 1n);
    await bench.settle(1, { liabilities: 1001n, deficit: 5n });
    await bench.submitRound(); // back, with nobody in the box
    const since = await bench.guard.deficitSince!();
    await outlast({ since });
    await rollBack(bench, deficit, 1);
    const rolledBackAt = await now();
    expect((await bench.guard.breachSince!(0n))[0]).to.equal(rolledBackAt);
    await bench.settle(1, { operations: await oneMore(bench), liabilities: 1000n, box: BREACHED, deficit: 5n });
    await outlast({ since: await now() });
    await expect(rollBack(bench, deficit, 1))
      .to.be.revertedWithCustomError(bench.guard, "RolledBackBefore")
      .withArgs(rolledBackAt, rolledBackAt);
  });
});

/** One operation more in the log, to be settled next. */
async function oneMore(bench: Bench) {
  await bench.engine.recertify!(0n, 0n, { value: 1000n });
  return bench.logged(Number(await bench.guard.settled!()), 1);
}

describe("an engine whose log refuses to fork", () => {
  it("prevents the rollback, and changes nothing else", async () => {
    const { bench, hostile } = await deployHostileEngine();
    await hostile.log!([6n, 0n, 0n, 0n, 0n, 0n, 0n, 0n, 0n]);
    await bench.settle(1, { deficit: 5n });
    const since = await now();
    await outlast({ since });
    await hostile.setMood!(4);
    const head = await bench.guard.checkpointHead!();
    await expect(rollBack(bench, deficit, 0)).to.be.revertedWithCustomError(hostile, "Refused");
    expect(await bench.guard.checkpointHead!()).to.equal(head);
    expect(await bench.guard.settled!()).to.equal(1n);
    await hostile.setMood!(0);
    await rollBack(bench, deficit, 0);
    expect(await bench.guard.settled!()).to.equal(0n);
  });
});
