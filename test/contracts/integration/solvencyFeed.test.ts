import { expect } from "chai";
import type { Contract } from "ethers";
import { deployGuardDouble } from "../../../contracts/testing/guardDouble.ts";
import { now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const CAUSE = {
  proofLate: 1n,
  roundLate: 2n,
  vaultShort: 4n,
  deficit: 8n,
  bankrupt: 16n,
  unauthorised: 32n,
  council: 64n,
};
const STALE_SEC = 300n;
const ROUND = 3n;
const SETTLED = 5n;
const ID = ROUND * 2n ** 40n + SETTLED;

async function withFeed() {
  const [deployer] = await ethers.getSigners();
  const double = await deployGuardDouble(deployer!, 2);
  const guard = double.contract;
  await guard.setRound!(ROUND, 0n);
  await guard.setProven!(0n, SETTLED);
  await guard.setBuffer!(1n, 321n);
  const feed = (await ethers.deployContract("SolvencyFeed", [double.address, 1n, "AVAX"])) as unknown as Contract;
  const oracle = (await ethers.deployContract("ProvenOracle", [double.address, 1n, 4, "AVAX"])) as unknown as Contract;
  return { double, guard, feed, oracle };
}
const fixture = () => networkHelpers.loadFixture(withFeed);

describe("SolvencyFeed", () => {
  it("answers the proven buffer in basis points, with a number that moves with rounds and settlements", async () => {
    const { guard, feed } = await fixture();
    const updatedAt = await now();
    await guard.setUpdatedAt!(1n, updatedAt);
    const answer = [ID, 321n, updatedAt, updatedAt, ID];
    expect(await feed.latestRoundData!()).to.deep.equal(answer);
    expect(await feed.getRoundData!(ID)).to.deep.equal(answer);
    expect(await feed.flaggedBuffer!()).to.deep.equal([321n, updatedAt, true]);
    expect([await feed.decimals!(), await feed.description!(), await feed.version!()]).to.deep.equal([4n, "AVAX", 1n]);
    await expect(feed.getRoundData!(ID + 1n))
      .to.be.revertedWithCustomError(feed, "AnswerNotKept")
      .withArgs(ID + 1n, ID);
  });

  it("answers bad news, also in a restricted market, and caps what nobody can lose", async () => {
    const { double, guard, feed } = await fixture();
    await double.bringInto(1, "Broken");
    await guard.setBuffer!(1n, -70n);
    expect((await feed.latestRoundData!())[1]).to.equal(-70n);
    await guard.setBuffer!(1n, ethers.MaxInt256);
    expect((await feed.latestRoundData!())[1]).to.equal(1_000_000n);
  });

  it("is silent once the price is stale, to the second", async () => {
    const { guard, feed } = await fixture();
    const updatedAt = await now();
    await guard.setUpdatedAt!(1n, updatedAt);
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC);
    await feed.latestRoundData!();
    expect((await feed.flaggedBuffer!())[2]).to.equal(true);
    await networkHelpers.time.increaseTo(updatedAt + STALE_SEC + 1n);
    for (const [name, values] of [
      ["latestRoundData", []],
      ["getRoundData", [ID]],
    ] as const)
      await expect(feed[name]!(...values))
        .to.be.revertedWithCustomError(feed, "BufferStale")
        .withArgs(updatedAt, STALE_SEC);
    expect(await feed.flaggedBuffer!()).to.deep.equal([321n, updatedAt, false]);
  });

  for (const name of ["proofLate", "roundLate", "vaultShort"] as const) {
    it(`is silent while the guard is halted for ${name}, and names that cause only`, async () => {
      const { guard, feed } = await fixture();
      await guard.setHaltCauses!(CAUSE[name] + CAUSE.council);
      await expect(feed.latestRoundData!()).to.be.revertedWithCustomError(feed, "FeedHalted").withArgs(CAUSE[name]);
      expect((await feed.flaggedBuffer!())[2]).to.equal(false);
    });
  }

  it("answers during halts that do not touch the answer", async () => {
    const { guard, feed } = await fixture();
    await guard.setHaltCauses!(CAUSE.deficit + CAUSE.bankrupt + CAUSE.unauthorised + CAUSE.council);
    expect((await feed.latestRoundData!())[1]).to.equal(321n);
    expect((await feed.flaggedBuffer!())[2]).to.equal(true);
  });

  it("is silent in Exit", async () => {
    const { double, feed } = await fixture();
    await double.bringInto(1, "Exit");
    await expect(feed.latestRoundData!()).to.be.revertedWithCustomError(feed, "FeedExited");
    expect((await feed.flaggedBuffer!())[2]).to.equal(false);
  });

  it("is not made for a market that does not exist", async () => {
    const { double, guard } = await fixture();
    const factory = await ethers.getContractFactory("SolvencyFeed");
    await expect(factory.deploy(double.address, 2n, "")).to.be.revertedWithCustomError(guard, "UnknownMarket");
  });
});

describe("the feeds' times", () => {
  it("never lie after the block, though reporters' clocks may: readers subtract them", async () => {
    const { guard, feed, oracle } = await fixture();
    await guard.setUpdatedAt!(1n, (await now()) + 50n);
    for (const each of [feed, oracle]) {
      const [, , startedAt, updatedAt] = await each.latestRoundData!();
      expect([startedAt, updatedAt]).to.deep.equal([await now(), await now()]);
    }
    expect((await feed.flaggedBuffer!())[1]).to.equal(await now());
  });
});
