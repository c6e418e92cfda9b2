/** What counts when a rollback asks whether a vault covers a checkpoint: unpaid claims, and deposits abandoned by a fork. */
import { expect } from "chai";
import { FEE_WEI, LIMITS } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { CAUSE, type Faulty, rollBack, withLastingFault } from "../../helpers/contracts/shortVault.ts";

const { vaultShort } = CAUSE;
const fixture = () => networkHelpers.loadFixture(withLastingFault);

/** After the rollback to 3000 with Bob's 900 abandoned: a second deposit that nobody paid, noted, and lasting. */
async function withSecondFault(amount: bigint): Promise<Faulty> {
  const bench = await fixture();
  await rollBack(bench, vaultShort, 1);
  await networkHelpers.time.increase(1);
  await bench.hostile.depositNothing!(amount, 11n, 12n, { value: FEE_WEI });
  await bench.settle(1);
  await bench.guard.noteVault!();
  await networkHelpers.time.increase(LIMITS.haltCureSec);
  return bench;
}

describe("a rollback of a short vault", () => {
  it("counts unpaid claims with what a checkpoint owes", async () => {
    const bench = await fixture();
    await expect(rollBack(bench, vaultShort, 4))
      .to.be.revertedWithCustomError(bench.guard, "TargetNotCovered")
      .withArgs(5n, 3900n, 4300n + 300n);
  });

  it("counts them with what is owed now: a vault that holds the liabilities alone is short", async () => {
    const bench = await fixture();
    await bench.token.mint!(bench.at.engine, 699n);
    await rollBack(bench, vaultShort, 1);
    expect(await bench.guard.settled!()).to.equal(2n);
  });

  it("keeps what was abandoned and not posted again for its senders", async () => {
    const bench = await withSecondFault(5000n);
    await bench.hostile.leak!(1n);
    await expect(rollBack(bench, vaultShort, 1))
      .to.be.revertedWithCustomError(bench.guard, "TargetNotCovered")
      .withArgs(2n, 3899n, 3000n + 900n);
  });

  it("does not take a later checkpoint for covered by what was abandoned", async () => {
    const bench = await withSecondFault(1000n);
    await rollBack(bench, vaultShort, 1);
    expect(await bench.guard.totalsWord!()).to.equal(3000n);
  });
});
