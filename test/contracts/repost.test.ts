import { expect } from "chai";
import type { Contract } from "ethers";
import { FEE_WEI, LIMITS } from "../helpers/contracts/bench.ts";
import { checkpointsOf } from "../helpers/contracts/checkpoints.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";
import { CAUSE, type Faulty, rollBack, withLastingFault } from "../helpers/contracts/shortVault.ts";

/** Rolled back to checkpoint 1: the deposit without tokens (2), Bob's 900 (3) and Alice's withdrawal (4) are abandoned. */
async function withAbandoned() {
  const bench = await withLastingFault();
  const words = await bench.logged(0, 5);
  const heads = (await checkpointsOf(bench)).map(({ logHead }) => logHead);
  await rollBack(bench, CAUSE.vaultShort, 1);
  await networkHelpers.time.increase(1);
  return { ...bench, words, before: { fault: heads[1]!, deposit: heads[2]!, withdrawal: heads[3]! } };
}
const fixture = () => networkHelpers.loadFixture(withAbandoned);

const repost = (bench: Faulty, heads: readonly string[], words: readonly (readonly bigint[])[], value: bigint) =>
  (bench.engine.connect(bench.alice) as Contract).repostDeposits!(0n, heads, words, { value });

describe("MarginEngine.repostDeposits", () => {
  it("logs an abandoned deposit again, by anyone, without tokens; it counts once", async () => {
    const bench = await fixture();
    const held = await bench.token.balanceOf!(bench.at.engine);
    await repost(bench, [bench.before.deposit], [bench.words[3]!], FEE_WEI);
    expect(await bench.token.balanceOf!(bench.at.engine)).to.equal(held);
    expect(await bench.engine.vaulted!()).to.equal(3900n);
    const [words = []] = await bench.logged(2, 1);
    expect(words[2]! >> 80n).to.equal(BigInt(await bench.alice.getAddress()));
    expect(words.map((word, i) => (i === 2 ? 0n : word))).to.deep.equal(
      bench.words[3]!.map((word, i) => (i === 2 ? 0n : word)),
    );
    await bench.settle(1, { liabilities: 3900n });
    expect(await bench.guard.haltCauses!()).to.equal(0n);
    await expect(repost(bench, [bench.before.deposit], [bench.words[3]!], FEE_WEI))
      .to.be.revertedWithCustomError(bench.engine, "NothingToRepost")
      .withArgs(0n, 1n);
  });

  it("mints nothing: what arrived without tokens, and what is no deposit, has no receipt", async () => {
    const bench = await fixture();
    const heads = [bench.before.fault, bench.before.withdrawal];
    await expect(repost(bench, heads, [bench.words[2]!, bench.words[4]!], 2n * FEE_WEI))
      .to.be.revertedWithCustomError(bench.engine, "NothingToRepost")
      .withArgs(0n, 2n);
  });

  it("passes over those among them, and keeps what was sent too much for the sender", async () => {
    const bench = await fixture();
    const heads = [bench.before.fault, bench.before.deposit, bench.before.withdrawal];
    await repost(bench, heads, bench.words.slice(2), 3n * FEE_WEI);
    expect(await bench.engine.operationCount!()).to.equal(3n);
    expect(await bench.engine.feesOf!(await bench.alice.getAddress())).to.equal(2n * FEE_WEI);
  });

  it("refuses a deposit that is still in the log", async () => {
    const bench = await fixture();
    const { logHead } = (await checkpointsOf(bench))[0]!;
    await expect(repost(bench, [logHead], [bench.words[0]!], FEE_WEI))
      .to.be.revertedWithCustomError(bench.engine, "NotAbandoned")
      .withArgs(0n, 0n, (await bench.engine.headsOf!(0n, 1n))[1]);
  });

  it("asks for the fee of each, and for as many heads as operations", async () => {
    const bench = await fixture();
    await expect(repost(bench, [bench.before.deposit], [bench.words[3]!], FEE_WEI - 1n))
      .to.be.revertedWithCustomError(bench.engine, "WrongFee")
      .withArgs(FEE_WEI - 1n, FEE_WEI);
    await expect(repost(bench, [], [bench.words[3]!], FEE_WEI))
      .to.be.revertedWithCustomError(bench.engine, "LengthMismatch")
      .withArgs(0n, 1n);
  });

  /** Bob's 900 again, nullified: claim 1 refunds them. In the same batch or after it a deposit without tokens. */
  async function withRefund(bench: Awaited<ReturnType<typeof withAbandoned>>, inOneBatch: boolean) {
    await repost(bench, [bench.before.deposit], [bench.words[3]!], FEE_WEI);
    await bench.hostile.depositNothing!(10_000n, 11n, 12n, { value: FEE_WEI });
    if (inOneBatch) await bench.settle(2, { liabilities: 13_000n, valid: [false, true] });
    else {
      await bench.settle(1, { liabilities: 3000n, valid: [false] });
      await bench.settle(1, { liabilities: 13_000n });
    }
    const [words = []] = await bench.logged(2, 1);
    const head = (await checkpointsOf(bench))[1]!.logHead;
    await bench.guard.noteVault!();
    await networkHelpers.time.increase(LIMITS.haltCureSec);
    await rollBack(bench, CAUSE.vaultShort, inOneBatch ? 1 : 2);
    await networkHelpers.time.increase(1);
    return () => bench.engine.repostDeposits!(1n, [head], [words], { value: FEE_WEI });
  }

  it("posts again what was refunded by a claim that is void now", async () => {
    const bench = await fixture();
    const again = await withRefund(bench, true);
    expect(await bench.guard.isVoid!(1n)).to.equal(true);
    await again();
    await bench.settle(1, { liabilities: 3900n });
    expect(await bench.guard.unpaidClaims!()).to.equal(0n);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });

  it("does not post again what is refunded by a claim that is still owed", async () => {
    const bench = await fixture();
    const again = await withRefund(bench, false);
    expect(await bench.guard.isVoid!(1n)).to.equal(false);
    expect(await bench.guard.unpaidClaims!()).to.equal(900n);
    await expect(again()).to.be.revertedWithCustomError(bench.engine, "NotAbandoned");
  });
});
