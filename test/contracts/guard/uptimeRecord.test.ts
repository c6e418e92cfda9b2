/** Since when something was late, under a feed that says "up": from the later of its own deadline and the chain's. */
import { expect } from "chai";
import { deployBench, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../../helpers/contracts/network.ts";

const [ROUND_LATE, ALL_MARKETS, UP] = [6n, 255n, 0n];
const DEADLINE = BigInt(LIMITS.roundDeadlineSec);

async function withFeed() {
  const feed = await ethers.deployContract("UptimeFeedDouble");
  const bench = await deployBench({ uptimeFeed: await feed.getAddress() });
  const start: bigint = await bench.guard.roundTimestamp!();
  const upSince = async (time: bigint) => void (await feed.setAnswer!([1n, UP, time, time, 1n]));
  return { ...bench, start, upSince };
}

describe("the lateness of a round", () => {
  for (const [title, uptime] of [
    ["ten hours before it", -36_000n],
    ["a second before it", -1n],
    ["with it", 0n],
    ["a second after it", 1n],
  ] as const) {
    it(`begins after its deadline where the chain came up ${title}`, async () => {
      const bench = await networkHelpers.loadFixture(withFeed);
      await bench.upSince(bench.start + uptime);
      const lateSince = bench.start + (uptime > 0n ? uptime : 0n) + DEADLINE + 1n;
      const at = lateSince + 20n;
      const call = await bench.roundArguments({ timestamp: at });
      await networkHelpers.time.setNextBlockTimestamp(at);
      await expect(bench.guard.submitRound!(...call))
        .to.emit(bench.guard, "IncidentDetected")
        .withArgs(ROUND_LATE, ALL_MARKETS, lateSince, 0n);
    });
  }

  it("does not begin in the second in which the chain came up", async () => {
    const bench = await networkHelpers.loadFixture(withFeed);
    const upAt = bench.start + 10_000n;
    await networkHelpers.time.setNextBlockTimestamp(upAt);
    await bench.upSince(upAt);
    expect(await now()).to.equal(upAt);
    expect(await bench.guard.haltCauses!()).to.equal(0n);
  });
});
