import { expect } from "chai";
import { type Bench, CALM, deployBench, LIMITS, now } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const CAUSE = { breach: 1n, bankrupt: 2n, breaker: 3n, deficit: 4n, proofLate: 5n, roundLate: 6n, unauthorised: 8n };
const ALL = 255n;
const BREACHED = encode.boxOf([{}, { long: 995n }]);
const BANKRUPT = encode.boxOf([{}, { short: 999n }]);
const CURE = BigInt(LIMITS.cureSec);
const HALT_CURE = BigInt(LIMITS.haltCureSec);

async function withDeposits() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  return bench;
}
const fixture = async () => {
  const bench = await networkHelpers.loadFixture(withDeposits);
  await networkHelpers.mine();
  return bench;
};
const block = async () => BigInt(await networkHelpers.time.latestBlock());

/** Settles a deposit of 100 with these changes. */
async function settle(bench: Bench, changes: Parameters<Bench["settle"]>[1]): Promise<bigint> {
  await bench.deposit(bench.alice, 100n);
  await bench.settle(1, changes);
  return now();
}

async function incident(bench: Bench, cause: bigint, market: bigint, detectedAt: bigint): Promise<readonly bigint[]> {
  return [...(await bench.guard.incident!(cause, market, detectedAt))];
}

describe("the ledger of incidents", () => {
  it("holds nothing of what never was", async () => {
    expect(await incident(await fixture(), CAUSE.breach, 0n, 1n)).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
  });

  it("keeps a breach: detected with what was at stake, contained after the cure time, recovered", async () => {
    const bench = await fixture();
    const since = await settle(bench, { box: BREACHED });
    const detectedBlock = await block();
    expect(await incident(bench, CAUSE.breach, 1n, since)).to.deep.equal([detectedBlock, 0n, 0n, 0n, 1100n]);
    await networkHelpers.time.increaseTo(since + CURE + 5n);
    await bench.deposit(bench.alice, 100n);
    await expect(bench.settle(1))
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(CAUSE.breach, 1n, since, since + CURE + 1n, (await now()) + 1n);
    const end = await now();
    expect(await incident(bench, CAUSE.breach, 1n, since)).to.deep.equal([
      detectedBlock,
      since + CURE + 1n,
      await block(),
      end,
      1100n,
    ]);
  });

  it("says that a breach which was cured in time was never contained", async () => {
    const bench = await fixture();
    const since = await settle(bench, { box: BREACHED });
    await bench.deposit(bench.alice, 100n);
    await networkHelpers.time.setNextBlockTimestamp(since + CURE);
    await bench.settle(1);
    expect((await incident(bench, CAUSE.breach, 1n, since))[1]).to.equal(0n);
  });

  it("keeps a bankruptcy apart from the breach that it is too", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 100n);
    const settled = bench.settle(1, { box: BANKRUPT });
    await expect(settled)
      .to.emit(bench.guard, "IncidentDetected")
      .withArgs(CAUSE.breach, 1n, (await now()) + 1n, 1100n);
    await expect(settled)
      .to.emit(bench.guard, "IncidentDetected")
      .withArgs(CAUSE.bankrupt, 1n, await now(), 1100n);
  });

  it("keeps a deficit with its size, contained after the second cure time", async () => {
    const bench = await fixture();
    const since = await settle(bench, { deficit: 7n });
    expect((await incident(bench, CAUSE.deficit, ALL, since))[4]).to.equal(7n);
    await settle(bench, { deficit: 9n }); // the same one
    await networkHelpers.time.increaseTo(since + HALT_CURE + 5n);
    const end = await settle(bench, {});
    const [, containedAt, , recoveredAt, stake] = await incident(bench, CAUSE.deficit, ALL, since);
    expect([containedAt, recoveredAt, stake]).to.deep.equal([since + HALT_CURE + 1n, end, 7n]);
  });

  it("keeps the greatest stake that it has room for", async () => {
    const bench = await fixture();
    const since = await settle(bench, { deficit: 2n ** 76n - 1n });
    expect((await incident(bench, CAUSE.deficit, ALL, since))[4]).to.equal(2n ** 64n - 1n);
  });

  describe("of a breaker", () => {
    const round = async (bench: Bench, breakerUntil: bigint) => {
      await bench.submitRound({ markets: [CALM, { ...CALM, breakerUntil }] });
      return now();
    };

    it("runs from the round that set it to the first round after its end", async () => {
      const bench = await fixture();
      const until = (await now()) + 500n;
      const since = await round(bench, until);
      const detectedBlock = await block();
      await networkHelpers.time.increase(50);
      await round(bench, until);
      expect(await incident(bench, CAUSE.breaker, 1n, since)).to.deep.equal([detectedBlock, 0n, 0n, 0n, 1000n]);
      await networkHelpers.time.increaseTo(until + 10n);
      const end = await round(bench, until);
      expect(await incident(bench, CAUSE.breaker, 1n, since)).to.deep.equal([
        detectedBlock,
        since,
        await block(),
        end,
        1000n,
      ]);
      await networkHelpers.time.increase(12);
      await expect(bench.submitRound({ markets: [CALM, { ...CALM, breakerUntil: until }] })).to.not.emit(
        bench.guard,
        "IncidentRecovered",
      );
    });

    it("goes on when it is set again before its end, and is a new one when after", async () => {
      const bench = await fixture();
      const until = (await now()) + 300n;
      const first = await round(bench, until);
      await networkHelpers.time.increase(50);
      await round(bench, until + 300n);
      expect((await incident(bench, CAUSE.breaker, 1n, first))[3]).to.equal(0n);
      await networkHelpers.time.increaseTo(until + 310n);
      const second = await round(bench, until + 1000n);
      expect((await incident(bench, CAUSE.breaker, 1n, first))[3]).to.equal(second);
      expect((await incident(bench, CAUSE.breaker, 1n, second))[3]).to.equal(0n);
      expect((await incident(bench, CAUSE.breaker, 1n, second))[0]).to.equal(await block());
    });
  });

  it("keeps a late round, from the second at which it was late", async () => {
    const bench = await fixture();
    const detectedAt = (await bench.guard.roundTimestamp!()) + BigInt(LIMITS.roundDeadlineSec) + 1n;
    await networkHelpers.time.increaseTo(detectedAt + 100n);
    await bench.submitRound();
    expect(await incident(bench, CAUSE.roundLate, ALL, detectedAt)).to.deep.equal([
      0n,
      detectedAt,
      await block(),
      await now(),
      1000n,
    ]);
  });

  it("keeps no round and no batch that arrives in the last second", async () => {
    const bench = await fixture();
    const deadline = (await bench.guard.roundTimestamp!()) + BigInt(LIMITS.roundDeadlineSec);
    await networkHelpers.time.setNextBlockTimestamp(deadline);
    await expect(bench.submitRound({ timestamp: deadline })).to.not.emit(bench.guard, "IncidentDetected");
    await bench.deposit(bench.alice, 1n);
    await networkHelpers.time.setNextBlockTimestamp((await now()) + BigInt(LIMITS.proofDeadlineSec));
    await expect(bench.settle(1)).to.not.emit(bench.guard, "IncidentDetected");
  });

  it("keeps a late batch, from the second at which its first operation was late", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1n);
    const detectedAt = (await now()) + BigInt(LIMITS.proofDeadlineSec) + 1n;
    await networkHelpers.time.setNextBlockTimestamp(detectedAt);
    await bench.settle(1);
    const [detectedBlock, containedAt, , recoveredAt] = await incident(bench, CAUSE.proofLate, ALL, detectedAt);
    expect([detectedBlock, containedAt, recoveredAt]).to.deep.equal([0n, detectedAt, detectedAt]);
  });

  it("keeps a pause with the end that it has from its beginning", async () => {
    const bench = await fixture();
    const since = await settle(bench, { unauthorised: 4n });
    const until = since + BigInt(LIMITS.unauthorisedPauseSec);
    expect(await incident(bench, CAUSE.unauthorised, ALL, since)).to.deep.equal([
      await block(),
      since,
      0n,
      until,
      1100n,
    ]);
  });

  it("writes nothing in normal life", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 1n);
    const settled = bench.settle(1);
    await expect(settled).to.not.emit(bench.guard, "IncidentDetected");
    await expect(bench.submitRound()).to.not.emit(bench.guard, "IncidentDetected");
  });
});
