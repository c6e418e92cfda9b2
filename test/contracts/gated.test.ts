import { expect } from "chai";
import { type Bench, CALM, deployBench, genesisConfig, LIMITS, now, STALE_SEC } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";

const BANKRUPT = encode.boxOf([{ long: 1001n }, {}]);
const BREACHED = encode.boxOf([{ long: 999n }, {}]);
const DECIMALS = 4;

async function withProtocol() {
  const bench = await deployBench({ genesis: genesisConfig(await now()) });
  const gated = await ethers.deployContract("GatedCounter", [bench.at.guard]);
  const feed = await ethers.deployContract("ProvenOracle", [bench.at.guard, 0n, DECIMALS, "AAVE / USD"]);
  await bench.deposit(bench.alice, 100n);
  return { bench, gated, feed };
}
const fixture = () => networkHelpers.loadFixture(withProtocol);
const cure = () => networkHelpers.time.increase(LIMITS.cureSec + 1);
const settle = (bench: Bench, box: bigint) => bench.settle(1, { box, liabilities: 100n });

describe("IntegrityGated", () => {
  it("lets everything through in normal life", async () => {
    const { bench, gated } = await fixture();
    await settle(bench, 0n);
    const block = await ethers.provider.getBlockNumber();
    await gated.exit!();
    for (const name of ["addRisk", "liquidate", "takeFromPool"]) await gated[name]!(0n);
    await gated.actOn!(block);
    expect(await gated.count!()).to.equal(5n);
  });

  it("lets only what needs no solvency through while someone is bankrupt, before any cure time", async () => {
    const { bench, gated } = await fixture();
    await settle(bench, BANKRUPT);
    await expect(gated.takeFromPool!(0n)).to.be.revertedWithCustomError(gated, "MarketInsolvent").withArgs(0n, -10n);
    await gated.takeFromPool!(1n);
    await gated.addRisk!(0n);
  });

  it("lets no risk in while the market is Stressed, but liquidations", async () => {
    const { bench, gated } = await fixture();
    await settle(bench, BREACHED);
    await cure();
    await expect(gated.addRisk!(0n)).to.be.revertedWithCustomError(gated, "MarketRestricted").withArgs(0n, 1n);
    await gated.addRisk!(1n);
    await gated.liquidate!(0n);
  });

  it("lets nothing priced through while the market is Broken, but ways out", async () => {
    const { bench, gated } = await fixture();
    await settle(bench, BANKRUPT);
    await cure();
    await expect(gated.liquidate!(0n)).to.be.revertedWithCustomError(gated, "MarketRestricted").withArgs(0n, 2n);
    await gated.exit!();
  });

  it("lets nothing through while halted", async () => {
    const { gated } = await fixture();
    await networkHelpers.time.increase(LIMITS.roundDeadlineSec + 1);
    await expect(gated.exit!()).to.be.revertedWithCustomError(gated, "IntegrityHalted").withArgs(2n);
    for (const name of ["addRisk", "liquidate", "takeFromPool"]) {
      await expect(gated[name]!(0n)).to.be.revertedWithCustomError(gated, "IntegrityHalted").withArgs(2n);
    }
  });

  it("acts on proven blocks only", async () => {
    const { bench, gated } = await fixture();
    const logged = await ethers.provider.getBlockNumber();
    await expect(gated.actOn!(logged))
      .to.be.revertedWithCustomError(gated, "BlockNotProven")
      .withArgs(logged, logged - 1);
    await gated.actOn!(logged - 1);
    await settle(bench, 0n);
    await gated.actOn!(logged);
  });
});

describe("ProvenOracle", () => {
  it("answers the mark with the round's number and the time of the last update", async () => {
    const { bench, feed } = await fixture();
    const updatedAt = await now();
    await bench.submitRound({ markets: [{ ...CALM, mark: 4321n, median: 4400n, updatedAt }, CALM] });
    const answer = [1n, 4321n, updatedAt, updatedAt, 1n];
    expect(await feed.latestRoundData!()).to.deep.equal(answer);
    expect(await feed.getRoundData!(1n)).to.deep.equal(answer);
    expect(await feed.freshRange!()).to.deep.equal([4321n, 4400n]);
    expect(await feed.flaggedPrice!()).to.deep.equal([4321n, 4400n, updatedAt, true, true]);
    expect([await feed.decimals!(), await feed.description!(), await feed.version!()]).to.deep.equal([
      BigInt(DECIMALS),
      "AAVE / USD",
      1n,
    ]);
  });

  it("gives the range in order whichever of both is higher", async () => {
    const { bench, feed } = await fixture();
    await bench.submitRound({ markets: [{ ...CALM, mark: 11n, median: 10n }, CALM] });
    expect(await feed.freshRange!()).to.deep.equal([10n, 11n]);
  });

  it("refuses a stale price, to the second, and still tells it to those who ask for flags", async () => {
    const { bench, feed } = await fixture();
    const updatedAt = await now();
    await bench.submitRound({ markets: [{ ...CALM, updatedAt }, CALM] });
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC);
    await feed.latestRoundData!();
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC + 1n);
    for (const [name, args] of Object.entries({ latestRoundData: [], getRoundData: [1n], freshRange: [] })) {
      await expect(feed[name]!(...args))
        .to.be.revertedWithCustomError(feed, "PriceStale")
        .withArgs(updatedAt, STALE_SEC);
    }
    expect((await feed.flaggedPrice!())[3]).to.equal(false);
  });

  it("refuses a price while the breaker is set", async () => {
    const { bench, feed } = await fixture();
    const breakerUntil = (await now()) + 50n;
    await bench.submitRound({ markets: [{ ...CALM, breakerUntil }, CALM] });
    await expect(feed.latestRoundData!()).to.be.revertedWithCustomError(feed, "BreakerSet").withArgs(breakerUntil);
    expect((await feed.flaggedPrice!())[4]).to.equal(false);
    await networkHelpers.time.increaseTo(breakerUntil);
    await feed.latestRoundData!();
  });

  it("keeps the last round only", async () => {
    const { feed } = await fixture();
    await expect(feed.getRoundData!(7n)).to.be.revertedWithCustomError(feed, "RoundNotKept").withArgs(7n, 0n);
  });

  it("is not made for a market that does not exist, or with decimals beyond 18", async () => {
    const { bench, feed } = await fixture();
    const factory = await ethers.getContractFactory("ProvenOracle");
    await expect(factory.deploy(bench.at.guard, 2n, 4, ""))
      .to.be.revertedWithCustomError(bench.guard, "UnknownMarket")
      .withArgs(2n, 2n);
    await expect(factory.deploy(bench.at.guard, 0n, 19, ""))
      .to.be.revertedWithCustomError(feed, "BadFeed")
      .withArgs("decimals", 19n);
  });
});
