import { expect } from "chai";
import type { Contract, Signer } from "ethers";
import { CALM, defaultBench, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

const [NORMAL, STRESSED, BROKEN, HALTED] = [0n, 1n, 2n, 3n];
const ALL = 2n ** 256n - 1n;
const COUNCIL_CAUSE = 64n;
const DAY_SEC = 86_400n;

async function withCouncil() {
  const [, , , council, timelock] = await ethers.getSigners();
  const limits = { ...LIMITS, roundDeadlineSec: 2 ** 31, maxReportAgeSec: 300 };
  const bench = await deployBench({
    council: { council: council!.address, timelock: timelock!.address },
    limits,
  });
  const as = (signer: Signer) => bench.guard.connect(signer) as Contract;
  return { ...bench, council: as(council!), timelock: as(timelock!), councilAddress: council!.address };
}
const fixture = async () => {
  const bench = await networkHelpers.loadFixture(withCouncil);
  await networkHelpers.mine();
  return bench;
};
type CouncilBench = Awaited<ReturnType<typeof fixture>>;
const states = async (bench: CouncilBench) => [
  await bench.guard.status!(0n),
  await bench.guard.status!(1n),
  await bench.guard.globalStatus!(),
];

describe("the council's restriction", () => {
  it("begins at once, in its market only, and ends by itself, to the second", async () => {
    const bench = await fixture();
    await bench.council.tighten!(1n, BROKEN, 100n, 7);
    const from = await now();
    expect(await states(bench)).to.deep.equal([NORMAL, BROKEN, NORMAL]);
    await networkHelpers.time.increaseTo(from + 99n);
    expect(await states(bench)).to.deep.equal([NORMAL, BROKEN, NORMAL]);
    await networkHelpers.time.increaseTo(from + 100n);
    expect(await states(bench)).to.deep.equal([NORMAL, NORMAL, NORMAL]);
  });

  it("of every market to Halted halts everything; of one market it does not", async () => {
    const bench = await fixture();
    await bench.council.tighten!(0n, HALTED, 100n, 1);
    expect(await states(bench)).to.deep.equal([HALTED, NORMAL, NORMAL]);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    await bench.council.tighten!(1n, HALTED, 100n, 1);
    expect(await bench.guard.haltCauses!()).to.equal(COUNCIL_CAUSE);
    expect(await states(bench)).to.deep.equal([HALTED, HALTED, HALTED]);
    await expect(bench.guard.noteHalt!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
  });

  it("restricts every market at once, to Stressed without a halt", async () => {
    const bench = await fixture();
    await bench.council.tighten!(ALL, STRESSED, 50n, 1);
    expect(await states(bench)).to.deep.equal([STRESSED, STRESSED, NORMAL]);
  });

  it("is the council's alone", async () => {
    const bench = await fixture();
    const thief = await bench.deployer.getAddress();
    await expect(bench.guard.tighten!(0n, BROKEN, 1n, 1))
      .to.be.revertedWithCustomError(bench.guard, "NotCouncil")
      .withArgs(thief);
    await expect(bench.timelock.tighten!(0n, BROKEN, 1n, 1)).to.be.revertedWithCustomError(bench.guard, "NotCouncil");
  });

  it("is Stressed, Broken or Halted, for a second to a day, in a market that exists", async () => {
    const bench = await fixture();
    for (const level of [0n, 4n]) {
      await expect(bench.council.tighten!(0n, level, 10n, 1))
        .to.be.revertedWithCustomError(bench.guard, "BadParameter")
        .withArgs("level", level);
    }
    for (const durationSec of [0n, DAY_SEC + 1n]) {
      await expect(bench.council.tighten!(0n, BROKEN, durationSec, 1))
        .to.be.revertedWithCustomError(bench.guard, "BadParameter")
        .withArgs("durationSec", durationSec);
    }
    await expect(bench.council.tighten!(2n, BROKEN, 10n, 1))
      .to.be.revertedWithCustomError(bench.guard, "UnknownMarket")
      .withArgs(2n, 2n);
    await bench.council.tighten!(0n, HALTED, DAY_SEC, 1);
    await bench.council.tighten!(1n, STRESSED, 1n, 1);
  });

  it("rests after its end for as long as it lasted, to the second", async () => {
    const bench = await fixture();
    await bench.council.tighten!(0n, BROKEN, 100n, 1);
    const from = await now();
    for (const time of [from + 50n, from + 199n]) {
      await networkHelpers.time.setNextBlockTimestamp(time);
      await expect(bench.council.tighten!(0n, HALTED, 10n, 2))
        .to.be.revertedWithCustomError(bench.guard, "CouncilMustWait")
        .withArgs(0n, from + 200n);
    }
    await networkHelpers.time.setNextBlockTimestamp(from + 200n);
    await bench.council.tighten!(0n, HALTED, 10n, 2);
  });

  it("cannot go round the rest by taking turns between one market and all", async () => {
    const bench = await fixture();
    await bench.council.tighten!(0n, BROKEN, 100n, 1);
    await expect(bench.council.tighten!(ALL, BROKEN, 100n, 2)).to.be.revertedWithCustomError(
      bench.guard,
      "CouncilMustWait",
    );
    await networkHelpers.time.increase(250);
    await bench.council.tighten!(ALL, BROKEN, 100n, 2);
    await networkHelpers.time.increase(110);
    await expect(bench.council.tighten!(0n, BROKEN, 100n, 3)).to.be.revertedWithCustomError(
      bench.guard,
      "CouncilMustWait",
    );
  });

  it("does not follow one of the same cause, however long ago, also of cause zero", async () => {
    const bench = await fixture();
    for (const [market, cause] of [
      [0n, 0],
      [1n, 5],
    ] as const) {
      await bench.council.tighten!(market, BROKEN, 10n, cause);
      await networkHelpers.time.increase(100_000);
      await expect(bench.council.tighten!(market, BROKEN, 10n, cause))
        .to.be.revertedWithCustomError(bench.guard, "CouncilRepeats")
        .withArgs(market, cause);
      await bench.council.tighten!(market, BROKEN, 10n, cause + 1);
      await networkHelpers.time.increase(100);
      await bench.council.tighten!(market, BROKEN, 10n, cause);
    }
  });

  it("never loosens: the worse of both counts", async () => {
    const bench = await fixture();
    const breakerUntil = (await now()) + 1000n;
    await bench.submitRound({ markets: [{ ...CALM, breakerUntil }, CALM] });
    await bench.council.tighten!(0n, STRESSED, 100n, 1);
    expect((await states(bench))[0]).to.equal(BROKEN);
  });

  it("is an incident, with its end", async () => {
    const bench = await fixture();
    const tightened = bench.council.tighten!(1n, BROKEN, 100n, 9);
    const from = (await now()) + 1n;
    await expect(tightened)
      .to.emit(bench.guard, "Tightened")
      .withArgs(1n, BROKEN, from + 100n, 9n);
    await expect(tightened).to.emit(bench.guard, "IncidentDetected").withArgs(11n, 1n, from, 0n);
    await expect(tightened)
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(11n, 1n, from, from, from + 100n);
  });
});

describe("a lift", () => {
  it("is the timelock's alone", async () => {
    const bench = await fixture();
    await bench.council.tighten!(0n, BROKEN, 100n, 1);
    await expect(bench.council.lift!(0n))
      .to.be.revertedWithCustomError(bench.guard, "NotTimelock")
      .withArgs(bench.councilAddress);
  });

  it("ends the council's restriction at once, and shortens its rest", async () => {
    const bench = await fixture();
    await bench.council.tighten!(0n, BROKEN, 1000n, 1);
    const from = await now();
    await networkHelpers.time.setNextBlockTimestamp(from + 40n);
    await expect(bench.timelock.lift!(0n)).to.emit(bench.guard, "Lifted").withArgs(0n);
    expect((await states(bench))[0]).to.equal(NORMAL);
    expect((await bench.guard.incident!(11n, 0n, from)).recoveredAt).to.equal(from + 40n);
    await networkHelpers.time.setNextBlockTimestamp(from + 79n);
    await expect(bench.council.tighten!(0n, BROKEN, 10n, 2))
      .to.be.revertedWithCustomError(bench.guard, "CouncilMustWait")
      .withArgs(0n, from + 80n);
    await networkHelpers.time.setNextBlockTimestamp(from + 80n);
    await bench.council.tighten!(0n, BROKEN, 10n, 2);
  });

  it("of all markets ends each that is restricted, and touches no other", async () => {
    const bench = await fixture();
    await bench.council.tighten!(1n, HALTED, 1000n, 1);
    const lifted = bench.timelock.lift!(ALL);
    await expect(lifted).to.emit(bench.guard, "Lifted").withArgs(1n);
    expect(await states(bench)).to.deep.equal([NORMAL, NORMAL, NORMAL]);
    await bench.council.tighten!(0n, HALTED, 10n, 0); // no rest, and no cause before it
    await expect(bench.timelock.lift!(1n)).to.not.emit(bench.guard, "Lifted");
  });

  it("never goes below what is derived", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 100n);
    await bench.settle(1, { box: encode.boxOf([{ long: 1001n }, {}]) });
    await bench.council.tighten!(0n, HALTED, 1000n, 1);
    await networkHelpers.time.increase(LIMITS.cureSec + 5);
    await bench.timelock.lift!(0n);
    expect((await states(bench))[0]).to.equal(BROKEN);
  });
});

describe("a guard without a council", () => {
  it("lets nobody tighten or lift, and hears nothing that the zero address could say", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    const nobody = ethers.ZeroAddress;
    await networkHelpers.impersonateAccount(nobody);
    await networkHelpers.setBalance(nobody, 10n ** 18n);
    await expect(bench.guard.tighten!(0n, BROKEN, 1n, 1)).to.be.revertedWithCustomError(bench.guard, "NotCouncil");
    await expect(bench.guard.lift!(0n)).to.be.revertedWithCustomError(bench.guard, "NotTimelock");
    await (bench.guard.connect(await ethers.getSigner(nobody)) as Contract).tighten!(ALL, HALTED, DAY_SEC, 1);
    expect([await bench.guard.status!(0n), await bench.guard.haltCauses!()]).to.deep.equal([NORMAL, 0n]);
  });
});
