/** What a vault must hold at a checkpoint counts payments before and after it; the rollback ends the note. */
import { expect } from "chai";
import { FEE_WEI, LIMITS } from "../../helpers/contracts/bench.ts";
import { deployBuggyEngine } from "../../helpers/contracts/hostile.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { CAUSE, rollBack, withdraw } from "../../helpers/contracts/shortVault.ts";

const { vaultShort } = CAUSE;

/**
 * Checkpoint 1: Alice has 1000. 2 and 3: claims 0 of 100 and 1 of 200. Claim 0 is paid. 4: a deposit of 50. Claim 1 is paid.
 * 5: 700 that nobody paid. The vault holds 750, the state owes 750 at checkpoint 4 and 1450 at checkpoint 5.
 */
async function withPayments() {
  const { bench, hostile } = await deployBuggyEngine();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  for (const amount of [100n, 200n]) {
    await withdraw(bench, bench.alice, 1n, amount);
    await bench.settle(1);
  }
  await networkHelpers.time.increase(LIMITS.claimDelaySec);
  await bench.guard.payClaim!(0n);
  await bench.deposit(bench.alice, 50n);
  await bench.settle(1);
  await bench.guard.payClaim!(1n);
  await hostile.depositNothing!(700n, 11n, 12n, { value: FEE_WEI });
  await bench.settle(1);
  await bench.guard.noteVault!();
  await networkHelpers.time.increase(LIMITS.haltCureSec);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withPayments);

describe("a rollback of a short vault that paid claims", () => {
  it("restores the last checkpoint that is covered, with what is still owed there, and ends the note", async () => {
    const bench = await fixture();
    await expect(rollBack(bench, vaultShort, 4))
      .to.emit(bench.guard, "VaultNoted")
      .withArgs(false);
    expect(await bench.guard.settled!()).to.equal(4n);
    expect([await bench.guard.totalsWord!(), await bench.guard.unpaidClaims!()]).to.deep.equal([750n, 0n]);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });

  it("names what the vault would have to hold where it does not", async () => {
    const bench = await fixture();
    await expect(rollBack(bench, vaultShort, 5))
      .to.be.revertedWithCustomError(bench.guard, "TargetNotCovered")
      .withArgs(5n, 750n, 1450n);
  });

  it("is not possible to an older checkpoint, which is covered too", async () => {
    const bench = await fixture();
    await expect(rollBack(bench, vaultShort, 3))
      .to.be.revertedWithCustomError(bench.guard, "TargetTooEarly")
      .withArgs(3n, 4n);
  });
});
