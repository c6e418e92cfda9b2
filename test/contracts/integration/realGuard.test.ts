import { expect } from "chai";
import type { Contract } from "ethers";
import { type Bench, CALM, deployBench, genesisConfig, LIMITS, now, STALE_SEC } from "../../helpers/contracts/bench.ts";
import { boxOf } from "../../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

/** Longs up to 905 at a mark of 1000: 9.5 % of the price to lose. */
const HEALTHY = boxOf([{ long: 905n }, {}]);
const BANKRUPT = boxOf([{ long: 1001n }, {}]);

async function withFeeds() {
  const bench = await deployBench({ genesis: genesisConfig(await now()) });
  const feed = (await ethers.deployContract("SolvencyFeed", [bench.at.guard, 0n, "AAVE"])) as unknown as Contract;
  const proof = (await ethers.deployContract("HomeostatSolvencyProof", [
    bench.at.guard,
    ethers.ZeroAddress,
    0n,
  ])) as unknown as Contract;
  return { bench, feed, proof };
}
const fixture = () => networkHelpers.loadFixture(withFeeds);

async function settle(bench: Bench, box: bigint): Promise<void> {
  const settled: bigint = await bench.guard.settled!();
  await bench.deposit(bench.alice, 100n);
  await bench.settle(1, { box, liabilities: 100n * (settled + 1n) });
}

describe("the integration contracts over a real guard", () => {
  it("answer what the last proof says", async () => {
    const { bench, feed, proof } = await fixture();
    await settle(bench, HEALTHY);
    const updatedAt = await now();
    await bench.submitRound({ markets: [{ ...CALM, updatedAt }, CALM] });
    const id = 2n ** 40n + 1n; // round 1, one operation settled
    expect(await bench.guard.buffer!(0n)).to.equal(950n);
    expect(await feed.latestRoundData!()).to.deep.equal([id, 950n, updatedAt, updatedAt, id]);
    expect(await proof.verifySolvency!()).to.deep.equal([true, 10_000n]);
    await bench.token.mint!(bench.at.engine, 25n);
    expect(await proof.getSolvencyRatio!()).to.equal(12_500n);
    await settle(bench, BANKRUPT);
    expect((await feed.latestRoundData!())[1]).to.equal(-10n);
  });

  it("fall silent, or say no, when proofs or prices stop", async () => {
    const { bench, feed, proof } = await fixture();
    const updatedAt = await now();
    await bench.submitRound({ markets: [{ ...CALM, updatedAt }, CALM] });
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC + 1n);
    await expect(feed.latestRoundData!())
      .to.be.revertedWithCustomError(feed, "BufferStale")
      .withArgs(updatedAt, STALE_SEC);
    expect((await proof.verifySolvency!())[0]).to.equal(true);
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec);
    await expect(feed.latestRoundData!()).to.be.revertedWithCustomError(feed, "FeedHalted").withArgs(2n);
    expect((await proof.verifySolvency!())[0]).to.equal(false);
  });
});
