/** How far back a rollback may go, and where it must go: payments in any order, breaches of any market. */
import { expect } from "chai";
import { type Bench, deployBench, GENESIS_ROOT, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { boxOf } from "../../helpers/contracts/encode.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { CAUSE, rollBack, withdraw } from "../../helpers/contracts/shortVault.ts";

const { deficit } = CAUSE;
const HALT_CURE = BigInt(LIMITS.haltCureSec);
/** Breached, but not bankrupt, in the second market. */
const BREACHED = boxOf([{}, { long: 995n }]);

/** Checkpoint 1: Alice has 1000. 2: her claim 0 of 100. 3: her claim 1 of 200. */
async function withClaims() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  for (const amount of [100n, 200n]) {
    await withdraw(bench, bench.alice, 1n, amount);
    await bench.settle(1);
  }
  await networkHelpers.time.increase(LIMITS.claimDelaySec);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withClaims);

/** One batch of one operation. @returns its time */
async function settle(bench: Bench, changes: Parameters<Bench["settle"]>[1]): Promise<bigint> {
  await bench.engine.recertify!(1n, 1n, { value: 1000n });
  await bench.settle(1, changes);
  return now();
}

async function outlast(since: bigint): Promise<void> {
  await networkHelpers.time.setNextBlockTimestamp(since + 2n * HALT_CURE + 1n);
}

describe("a rollback behind payments", () => {
  for (const [title, order, paidBelow] of [
    ["the first claim of all", [0n], 1n],
    ["two claims in their order", [0n, 1n], 2n],
    ["two claims in the other order", [1n, 0n], 2n],
  ] as const) {
    it(`is refused to a checkpoint before the claims when it was ${title}`, async () => {
      const bench = await fixture();
      for (const id of order) await bench.guard.payClaim!(id);
      await outlast(await settle(bench, { deficit: 7n }));
      for (let place = 1; BigInt(place) <= paidBelow; place++)
        await expect(rollBack(bench, deficit, place))
          .to.be.revertedWithCustomError(bench.guard, "RollbackTooLate")
          .withArgs(paidBelow, BigInt(place) - 1n);
    });
  }
});

describe("a rollback of a deficit", () => {
  it("goes behind a breach of the second market that is older, though nothing is wrong with the first", async () => {
    const bench = await fixture();
    const breachedAt = await settle(bench, { box: BREACHED }); // checkpoint 4
    await outlast(await settle(bench, { box: BREACHED, deficit: 7n }));
    await expect(rollBack(bench, deficit, 4))
      .to.be.revertedWithCustomError(bench.guard, "TargetTooLate")
      .withArgs(breachedAt, breachedAt);
    await expect(rollBack(bench, deficit, 3))
      .to.emit(bench.guard, "RolledBack")
      .withArgs(deficit, 3n, 5n, GENESIS_ROOT + 3n, 2n, 0n); // both claims are older
    expect(await bench.guard.settled!()).to.equal(3n);
  });

  it("does not go behind what is older than the breach and the deficit", async () => {
    const bench = await fixture();
    const since = await settle(bench, { deficit: 7n });
    await networkHelpers.time.increase(10);
    await settle(bench, { box: BREACHED, deficit: 7n }); // a younger breach
    await outlast(since);
    await expect(rollBack(bench, deficit, 4))
      .to.be.revertedWithCustomError(bench.guard, "TargetTooLate")
      .withArgs(since, since);
    await rollBack(bench, deficit, 3);
  });
});
