/** A breaker ends in the second that it names: rounds in that second, and around it. */
import { expect } from "chai";
import { type Bench, CALM, defaultBench, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const BREAKER = 3n;

/** A round of this time whose first market's breaker lasts until then. */
async function round(bench: Bench, timestamp: bigint, breakerUntil: bigint) {
  const call = await bench.roundArguments({ timestamp, markets: [{ ...CALM, breakerUntil }, CALM] });
  await networkHelpers.time.setNextBlockTimestamp(timestamp);
  return bench.guard.submitRound!(...call);
}

async function withBreaker() {
  const bench = await defaultBench();
  const since = (await now()) + 10n;
  const until = since + 100n;
  await round(bench, since, until);
  return { ...bench, since, until };
}
const fixture = () => networkHelpers.loadFixture(withBreaker);

describe("a breaker", () => {
  it("is recovered by a round in the second in which it ends, and not set anew", async () => {
    const bench = await fixture();
    const ended = round(bench, bench.until, bench.until);
    await expect(ended).to.not.emit(bench.guard, "IncidentDetected");
    await expect(ended)
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(BREAKER, 0n, bench.since, bench.since, bench.until);
  });

  it("is not recovered by a round in the second before", async () => {
    const bench = await fixture();
    await expect(round(bench, bench.until - 1n, bench.until)).to.not.emit(bench.guard, "IncidentRecovered");
  });

  it("that is set again in the second in which it ends is another one", async () => {
    const bench = await fixture();
    const again = round(bench, bench.until, bench.until + 50n);
    await expect(again)
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(BREAKER, 0n, bench.since, bench.since, bench.until);
    await expect(again).to.emit(bench.guard, "IncidentDetected").withArgs(BREAKER, 0n, bench.until, 0n);
  });

  it("whose end a round names for its own second was never set", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    const at = (await now()) + 10n;
    await expect(round(bench, at, at)).to.not.emit(bench.guard, "IncidentDetected");
    const set = round(bench, at + 1n, at + 2n);
    await expect(set).to.emit(bench.guard, "IncidentDetected");
    await expect(set).to.not.emit(bench.guard, "IncidentRecovered");
  });
});
