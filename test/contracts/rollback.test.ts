import { expect } from "chai";
import type { Contract } from "ethers";
import { FEE_WEI, GENESIS_ROOT, LIMITS, now } from "../helpers/contracts/bench.ts";
import { checkpointsOf, headOf, rollbackArguments } from "../helpers/contracts/checkpoints.ts";
import { deployHostileToken } from "../helpers/contracts/hostile.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import {
  ALL_MARKETS,
  CAUSE,
  rollBack,
  withdraw,
  withFault,
  withLastingFault,
} from "../helpers/contracts/shortVault.ts";

const fixture = () => networkHelpers.loadFixture(withLastingFault);
const { vaultShort } = CAUSE;

describe("a rollback of a short vault", () => {
  it("restores the last checkpoint that the vault covers, and says so", async () => {
    const bench = await fixture();
    const checkpoints = await checkpointsOf(bench);
    await expect(rollBack(bench, vaultShort, 1))
      .to.emit(bench.guard, "RolledBack")
      .withArgs(vaultShort, 2n, 5n, GENESIS_ROOT + 2n, 0n, 1n)
      .and.to.emit(bench.engine, "LogForked")
      .withArgs(0n, 2n, 3n, checkpoints[4]!.logHead);
    const { guard } = bench;
    expect(await guard.settled!()).to.equal(2n);
    expect(await guard.stateRoot!()).to.equal(GENESIS_ROOT + 2n);
    expect(await guard.totalsWord!()).to.equal(3000n);
    expect(await guard.unpaidClaims!()).to.equal(0n);
    expect(await guard.checkpointHead!()).to.equal(headOf(checkpoints.slice(0, 2)));
    expect(await guard.haltCauses!()).to.equal(0n);
    expect(await guard.provenBlock!()).to.equal(BigInt(await networkHelpers.time.latestBlock()) - 1n);
    expect(await bench.engine.operationCount!()).to.equal(2n);
    expect(await bench.engine.headsOf!(2n, 0n)).to.deep.equal([
      checkpoints[1]!.logHead,
      checkpoints[1]!.logHead,
      3000n,
    ]);
  });

  it("is written into the ledger of incidents, beside the end of its cause", async () => {
    const bench = await fixture();
    await rollBack(bench, vaultShort, 1);
    const [at, block] = [await now(), BigInt(await networkHelpers.time.latestBlock())];
    expect((await bench.guard.incident!(CAUSE.rollback, ALL_MARKETS, at)).slice(0, 4)).to.deep.equal([
      block,
      at,
      block,
      at,
    ]);
    expect((await bench.guard.incident!(vaultShort, ALL_MARKETS, bench.since)).slice(2, 4)).to.deep.equal([block, at]);
  });

  it("makes claims created since void for ever; their numbers are not used again", async () => {
    const bench = await fixture();
    await rollBack(bench, vaultShort, 1);
    await expect(bench.guard.payClaim!(0n)).to.be.revertedWithCustomError(bench.guard, "ClaimVoid").withArgs(0n);
    expect(await bench.guard.isVoid!(0n)).to.equal(true);
    await networkHelpers.time.increase(1);
    await bench.submitRound();
    await withdraw(bench, bench.alice, 1n, 400n);
    await bench.settle(1, { liabilities: 2600n });
    expect(await bench.guard.claimCount!()).to.equal(2n);
    await networkHelpers.time.increase(LIMITS.claimDelaySec);
    await bench.guard.payClaim!(1n);
    expect(await bench.token.balanceOf!(await bench.alice.getAddress())).to.equal(400n);
    await expect(bench.guard.payClaim!(0n)).to.be.revertedWithCustomError(bench.guard, "ClaimVoid").withArgs(0n);
  });

  it("lets the chains of operations and of checkpoints go on from there", async () => {
    const bench = await fixture();
    await rollBack(bench, vaultShort, 1);
    await bench.deposit(bench.alice, 50n);
    await bench.settle(1, { liabilities: 3050n });
    const checkpoints = await checkpointsOf(bench);
    expect(checkpoints.map(({ settled }) => settled)).to.deep.equal([0n, 2n, 3n]);
    expect(await bench.guard.checkpointHead!()).to.equal(headOf(checkpoints));
  });

  it("gives the fees of abandoned operations that nobody proved to whoever sent it", async () => {
    const bench = await fixture();
    await bench.deposit(bench.bob, 5n);
    await bench.deposit(bench.bob, 6n);
    const call = rollbackArguments(await checkpointsOf(bench), 1);
    await (bench.guard.connect(bench.bob) as Contract).rollBack!(vaultShort, ...call);
    expect(await bench.engine.feesOf!(await bench.bob.getAddress())).to.equal(2n * FEE_WEI);
  });

  it("happens once an incident", async () => {
    const bench = await fixture();
    await rollBack(bench, vaultShort, 1);
    await expect(rollBack(bench, vaultShort, 0))
      .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
      .withArgs(vaultShort, 0n);
    await expect(bench.guard.noteVault!()).to.be.revertedWithCustomError(bench.guard, "NothingToNote");
  });

  it("is possible again for another incident, behind the first one's place too; void claims stay void", async () => {
    const bench = await fixture();
    await rollBack(bench, vaultShort, 1);
    await networkHelpers.time.increase(1);
    await withdraw(bench, bench.alice, 1n, 300n);
    await bench.settle(1, { liabilities: 2700n });
    await bench.hostile.depositNothing!(5000n, 11n, 12n, { value: FEE_WEI });
    await bench.settle(1, { liabilities: 7700n });
    await bench.guard.noteVault!();
    await networkHelpers.time.increase(LIMITS.haltCureSec);
    await rollBack(bench, vaultShort, 2); // claim 1, of before the second fault, is still owed
    expect(await bench.guard.isVoid!(0n)).to.equal(true);
    expect(await bench.guard.isVoid!(1n)).to.equal(false);
    expect(await bench.guard.unpaidClaims!()).to.equal(300n);
    expect(await bench.engine.forkCount!()).to.equal(2n);
  });

  describe("is refused", () => {
    it("for causes that have no rule", async () => {
      const bench = await fixture();
      await expect(rollBack(bench, 1n, 1))
        .to.be.revertedWithCustomError(bench.guard, "NoRollbackFor")
        .withArgs(1n);
    });

    it("while nobody noted it", async () => {
      const bench = await withFault();
      await networkHelpers.time.increase(LIMITS.haltCureSec);
      await expect(rollBack(bench, vaultShort, 1))
        .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
        .withArgs(vaultShort, 0n);
    });

    it("before haltCureSec has passed, to the second", async () => {
      const bench = await withFault();
      await bench.guard.noteVault!();
      const since = await now();
      await networkHelpers.time.setNextBlockTimestamp(since + BigInt(LIMITS.haltCureSec));
      await expect(rollBack(bench, vaultShort, 1))
        .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
        .withArgs(vaultShort, since);
    });

    it("when the vault holds enough again", async () => {
      const bench = await fixture();
      await bench.token.mint!(bench.at.engine, 700n);
      await expect(rollBack(bench, vaultShort, 1))
        .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
        .withArgs(vaultShort, bench.since);
    });

    it("to a checkpoint that deposits made after it would have to cover", async () => {
      const bench = await fixture();
      // at checkpoint 2 the state owes 3700 of the 3900 there are, but 900 of them are of Bob's later deposit
      await expect(rollBack(bench, vaultShort, 2))
        .to.be.revertedWithCustomError(bench.guard, "TargetNotCovered")
        .withArgs(3n, 3900n, 4600n);
    });

    it("to a checkpoint before the last that is covered", async () => {
      const bench = await fixture();
      await expect(rollBack(bench, vaultShort, 0))
        .to.be.revertedWithCustomError(bench.guard, "TargetTooEarly")
        .withArgs(0n, 2n);
    });

    it("when tokens are lost: that is everybody's loss, and no checkpoint is covered", async () => {
      const bench = await fixture();
      await bench.hostile.leak!(1n);
      for (const place of [0, 1, 2, 3, 4]) {
        await expect(rollBack(bench, vaultShort, place)).to.be.revertedWithCustomError(bench.guard, "TargetNotCovered");
      }
    });

    it("with checkpoints that are not the guard's: a word changed, one left out, another beginning", async () => {
      const bench = await fixture();
      const checkpoints = await checkpointsOf(bench);
      const [head, target, later] = rollbackArguments(checkpoints, 1);
      const { guard } = bench;
      const forged = { ...target!, totalsWord: 1n };
      for (const call of [
        [head, forged, later],
        [head, target, later.slice(1)],
        [head, target, later.slice(0, -1)],
        [ethers.ZeroHash, target, later],
      ]) {
        await expect(guard.rollBack!(vaultShort, ...call)).to.be.revertedWithCustomError(guard, "NotTheCheckpoints");
      }
      await guard.rollBack!(vaultShort, head, target, later);
    });

    it("in its module, which has no say over the guard's storage", async () => {
      const bench = await fixture();
      const module = bench.guard.attach(await bench.guard.rollbackModule!()) as Contract;
      const call = rollbackArguments(await checkpointsOf(bench), 1);
      await expect(module.rollBack!(vaultShort, ...call)).to.be.revertedWithCustomError(
        bench.guard,
        "NotTheCheckpoints",
      );
      expect(await bench.guard.settled!()).to.equal(5n);
    });
  });
});

describe("a token that lies about the vault's balance for a block", () => {
  const REVERTS = 2;

  it("brings about no rollback: the balance must be short when it is noted, when it is rolled back, and no one may show otherwise", async () => {
    const { bench, hostile } = await deployHostileToken();
    await bench.deposit(bench.alice, 1000n);
    await bench.settle(1, { liabilities: 1000n });
    await hostile.setMood!(REVERTS);
    await bench.guard.noteVault!();
    const since = await now();
    await hostile.setMood!(0);
    await networkHelpers.time.increase(LIMITS.haltCureSec);
    await expect(rollBack(bench, vaultShort, 0))
      .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
      .withArgs(vaultShort, since);
    await (bench.guard.connect(bench.bob) as Contract).noteVault!(); // anyone shows that it is covered
    await hostile.setMood!(REVERTS);
    await expect(rollBack(bench, vaultShort, 0))
      .to.be.revertedWithCustomError(bench.guard, "CauseNotLasting")
      .withArgs(vaultShort, 0n);
  });
});
