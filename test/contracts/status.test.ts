import { expect } from "chai";
import { type Bench, CALM, defaultBench, LIMITS, now, STALE_SEC } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const [NORMAL, STRESSED, BROKEN, HALTED] = [0n, 1n, 2n, 3n];
const CAUSE = { proofLate: 1n, roundLate: 2n, vaultShort: 4n, deficit: 8n, bankrupt: 16n, unauthorised: 32n };
/** Mark 1000, maintenance 1 %: longs breach maintenance above 990 (rounded against them: 989), and are bankrupt above 1000. */
const SAFE = encode.boxOf([{ long: 900n, short: 1100n }, {}]);
const BREACHED = encode.boxOf([{ long: 995n }, {}]);
const BANKRUPT = encode.boxOf([{ short: 999n }, {}]);

/** One deposit waits; later batches in the tests settle recertifications. */
const fixture = async () => {
  const bench = await networkHelpers.loadFixture(defaultBench);
  await networkHelpers.mine(); // the time since the fixture was made counts now, not in the next block
  return bench;
};
const CURE = BigInt(LIMITS.cureSec);
const CALM_SEC = BigInt(LIMITS.calmSec);
const HALT_CURE = BigInt(LIMITS.haltCureSec);

/** The block that the next view sees is at this time. */
async function travelTo(time: bigint): Promise<void> {
  await networkHelpers.time.increaseTo(time);
}

async function settleWith(bench: Bench, changes: Parameters<Bench["settle"]>[1]): Promise<bigint> {
  await bench.deposit(bench.alice, 100n);
  await bench.settle(1, changes);
  return now();
}

async function read(bench: Bench): Promise<readonly [bigint, bigint, bigint]> {
  return [await bench.guard.status!(0n), await bench.guard.status!(1n), await bench.guard.haltCauses!()];
}

describe("Homeostat.status", () => {
  it("is Normal at genesis, with fresh prices", async () => {
    expect(await read(await fixture())).to.deep.equal([NORMAL, NORMAL, 0n]);
  });

  it("refuses a market that does not exist", async () => {
    const { guard } = await fixture();
    for (const view of ["status", "buffer", "priceWord", "breachSince"]) {
      await expect(guard[view]!(2n)).to.be.revertedWithCustomError(guard, "UnknownMarket").withArgs(2n, 2n);
    }
  });

  describe("when maintenance is breached", () => {
    it("becomes Stressed one second after the cure time, in that market only, and Normal calmSec after the batch that ends it", async () => {
      const bench = await fixture();
      const since = await settleWith(bench, { box: BREACHED });
      expect(await bench.guard.breachSince!(0n)).to.deep.equal([since, 0n]);
      await travelTo(since + CURE);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
      await travelTo(since + CURE + 1n);
      expect(await read(bench)).to.deep.equal([STRESSED, NORMAL, 0n]);
      const end = await settleWith(bench, { box: SAFE });
      expect(await bench.guard.breachSince!(0n)).to.deep.equal([0n, 0n]);
      expect(await bench.guard.heldUntil!(0n)).to.deep.equal([end + CALM_SEC, 0n]);
      expect(await read(bench)).to.deep.equal([STRESSED, NORMAL, 0n]);
      await travelTo(end + CALM_SEC - 1n);
      expect(await read(bench)).to.deep.equal([STRESSED, NORMAL, 0n]);
      await travelTo(end + CALM_SEC);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("restricts nothing, then or later, when it ends in the last second of the cure time", async () => {
      const bench = await fixture();
      const since = await settleWith(bench, { box: BREACHED });
      await bench.deposit(bench.alice, 100n);
      await networkHelpers.time.setNextBlockTimestamp(since + CURE);
      await bench.settle(1, { box: SAFE });
      expect(await bench.guard.heldUntil!(0n)).to.deep.equal([0n, 0n]);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("keeps the time of the beginning through rounds and batches that do not end it, and tells when it changes", async () => {
      const bench = await fixture();
      const since = await settleWith(bench, { box: BREACHED });
      await networkHelpers.time.increase(10);
      await expect(bench.submitRound()).to.not.emit(bench.guard, "BreachNoted");
      await settleWith(bench, { box: BREACHED });
      expect(await bench.guard.breachSince!(0n)).to.deep.equal([since, 0n]);
      await bench.deposit(bench.alice, 100n);
      await expect(bench.settle(1, { box: SAFE }))
        .to.emit(bench.guard, "BreachNoted")
        .withArgs(0n, false, false);
    });

    it("is noted by the round that brings the price, without any batch", async () => {
      const bench = await fixture();
      await settleWith(bench, { box: SAFE });
      const markets = [{ ...CALM, mark: 905n, median: 905n }, CALM];
      await expect(bench.submitRound({ markets })).to.emit(bench.guard, "BreachNoted").withArgs(0n, true, false);
      const since = await now();
      await travelTo(since + CURE + 1n);
      expect(await read(bench)).to.deep.equal([STRESSED, NORMAL, 0n]);
      await bench.submitRound();
      await travelTo((await now()) + CALM_SEC);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("looks at the median as well as at the mark", async () => {
      const bench = await fixture();
      await settleWith(bench, { box: SAFE });
      await bench.submitRound({ markets: [{ ...CALM, median: 1095n }, CALM] });
      await travelTo((await now()) + CURE + 1n);
      expect(await read(bench)).to.deep.equal([STRESSED, NORMAL, 0n]);
    });
  });

  describe("when someone is bankrupt at the mark", () => {
    it("becomes Broken after the cure time, Halted after the second, Broken for calmSec after the batch that ends it", async () => {
      const bench = await fixture();
      const since = await settleWith(bench, { box: BANKRUPT });
      expect(await bench.guard.breachSince!(0n)).to.deep.equal([since, since]);
      await travelTo(since + CURE);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
      await travelTo(since + CURE + 1n);
      expect(await read(bench)).to.deep.equal([BROKEN, NORMAL, 0n]);
      await travelTo(since + HALT_CURE);
      expect(await read(bench)).to.deep.equal([BROKEN, NORMAL, 0n]);
      await travelTo(since + HALT_CURE + 1n);
      expect(await read(bench)).to.deep.equal([HALTED, HALTED, CAUSE.bankrupt]);
      const end = await settleWith(bench, { box: SAFE });
      expect(await bench.guard.heldUntil!(0n)).to.deep.equal([end + CALM_SEC, end + CALM_SEC]);
      expect(await read(bench)).to.deep.equal([BROKEN, NORMAL, 0n]);
      await travelTo(end + CALM_SEC - 1n);
      expect(await read(bench)).to.deep.equal([BROKEN, NORMAL, 0n]);
      await travelTo(end + CALM_SEC);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("counts its cure time from the bankruptcy, not from the breach before it", async () => {
      const bench = await fixture();
      await settleWith(bench, { box: BREACHED });
      await networkHelpers.time.increase(100);
      const since = await settleWith(bench, { box: BANKRUPT });
      expect((await bench.guard.breachSince!(0n))[1]).to.equal(since);
      expect(await read(bench)).to.deep.equal([STRESSED, NORMAL, 0n]);
    });

    it("does not count a bankruptcy at the median alone", async () => {
      const bench = await fixture();
      await settleWith(bench, { box: SAFE });
      await bench.submitRound({ markets: [{ ...CALM, median: 1200n }, CALM] });
      expect((await bench.guard.breachSince!(0n))[1]).to.equal(0n);
    });
  });

  it("is Broken until the breaker's time has come, in that market only", async () => {
    const bench = await fixture();
    const until = (await now()) + 100n;
    await bench.submitRound({ markets: [CALM, { ...CALM, breakerUntil: until }] });
    await travelTo(until - 1n);
    expect(await read(bench)).to.deep.equal([NORMAL, BROKEN, 0n]);
    await travelTo(until);
    expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
  });

  it("is Broken once the market's price is stale, until a round brings a fresh one", async () => {
    const bench = await fixture();
    const updatedAt = await now();
    await bench.submitRound({ markets: [{ ...CALM, updatedAt }, CALM] });
    await travelTo(updatedAt + STALE_SEC);
    expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    await travelTo(updatedAt + STALE_SEC + 1n);
    expect(await read(bench)).to.deep.equal([BROKEN, NORMAL, 0n]);
    await bench.submitRound();
    expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
  });

  describe("when something threatens everyone", () => {
    it("is Halted once the last round is older than the deadline, until the next", async () => {
      const bench = await fixture();
      const last: bigint = await bench.guard.roundTimestamp!();
      await travelTo(last + BigInt(LIMITS.roundDeadlineSec));
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
      await travelTo(last + BigInt(LIMITS.roundDeadlineSec) + 1n);
      expect(await read(bench)).to.deep.equal([HALTED, HALTED, CAUSE.roundLate]);
      await bench.submitRound();
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("is Halted once the oldest unproven operation is older than the deadline, until it is proven", async () => {
      const bench = await fixture();
      await bench.deposit(bench.alice, 100n);
      const loggedAt = await now();
      await networkHelpers.time.increase(1000);
      await bench.deposit(bench.alice, 100n); // a younger one does not hide it
      await travelTo(loggedAt + BigInt(LIMITS.proofDeadlineSec) - 10n);
      await bench.submitRound();
      await travelTo(loggedAt + BigInt(LIMITS.proofDeadlineSec));
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
      await travelTo(loggedAt + BigInt(LIMITS.proofDeadlineSec) + 1n);
      expect(await read(bench)).to.deep.equal([HALTED, HALTED, CAUSE.proofLate]);
      await bench.settle(1);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("is Halted while the vault holds less than liabilities and unpaid claims, to the unit", async () => {
      const bench = await fixture();
      await settleWith(bench, { valid: [false] }); // a claim of 100
      await settleWith(bench, {});
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
      await bench.drain(1n);
      expect(await read(bench)).to.deep.equal([HALTED, HALTED, CAUSE.vaultShort]);
      await bench.token.mint!(bench.at.engine, 1n);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("is Halted once a deficit outlasts the second cure time, until a batch without it", async () => {
      const bench = await fixture();
      const since = await settleWith(bench, { deficit: 1n });
      expect(await bench.guard.deficitSince!()).to.equal(since);
      await settleWith(bench, { deficit: 2n });
      expect(await bench.guard.deficitSince!()).to.equal(since);
      await travelTo(since + HALT_CURE);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
      await travelTo(since + HALT_CURE + 1n);
      expect(await read(bench)).to.deep.equal([HALTED, HALTED, CAUSE.deficit]);
      await bench.deposit(bench.alice, 100n);
      await expect(bench.settle(1)).to.emit(bench.guard, "DeficitNoted").withArgs(false);
      expect(await bench.guard.deficitSince!()).to.equal(0n);
      expect(await read(bench)).to.deep.equal([NORMAL, NORMAL, 0n]);
    });

    it("names every cause at once", async () => {
      const bench = await fixture();
      await settleWith(bench, { deficit: 1n, box: BANKRUPT, unauthorised: 4n });
      await travelTo((await now()) + HALT_CURE + 1n);
      expect(await bench.guard.haltCauses!()).to.equal(CAUSE.deficit + CAUSE.bankrupt + CAUSE.unauthorised);
      await bench.deposit(bench.alice, 1n);
      await bench.drain(2n);
      await travelTo((await now()) + BigInt(LIMITS.proofDeadlineSec) + 1n);
      expect(await bench.guard.haltCauses!()).to.equal(
        CAUSE.deficit + CAUSE.bankrupt + CAUSE.proofLate + CAUSE.roundLate + CAUSE.vaultShort,
      );
    });
  });
});

describe("Homeostat.provenBlock", () => {
  it("is the block before the oldest unproven operation, or the last one when none waits", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 100n);
    const block = BigInt(await networkHelpers.time.latestBlock());
    await networkHelpers.mine(5);
    expect(await bench.guard.provenBlock!()).to.equal(block - 1n);
    await bench.settle(1);
    await networkHelpers.mine(1);
    const last = BigInt(await networkHelpers.time.latestBlock());
    expect([last, last - 1n]).to.include(await bench.guard.provenBlock!());
  });
});
