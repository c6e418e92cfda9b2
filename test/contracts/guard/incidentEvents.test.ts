/** Incidents whose end is known, or has come, when they are written down are announced with it. */
import { expect } from "chai";
import { deployBench, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const CAUSE = { proofLate: 5n, roundLate: 6n, vaultShort: 7n, unauthorised: 8n };
const ALL_MARKETS = 255n;

async function withDeposit() {
  const bench = await deployBench();
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  await bench.deposit(bench.alice, 50n);
  return { ...bench, loggedAt: await now() };
}
const fixture = () => networkHelpers.loadFixture(withDeposit);

describe("the announcement of an incident", () => {
  it("of a pause names its end", async () => {
    const bench = await fixture();
    const call = await bench.batchArguments(1, { unauthorised: 4n });
    const at = (await now()) + 10n;
    await networkHelpers.time.setNextBlockTimestamp(at);
    await expect(bench.guard.settleBatch!(...call))
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(CAUSE.unauthorised, ALL_MARKETS, at, at, at + BigInt(LIMITS.unauthorisedPauseSec));
  });

  it("of a late round names the second since which it was late, and that of its proof", async () => {
    const bench = await fixture();
    const detectedAt = (await bench.guard.roundTimestamp!()) + BigInt(LIMITS.roundDeadlineSec) + 1n;
    const at = detectedAt + 77n;
    const call = await bench.roundArguments({ timestamp: at });
    await networkHelpers.time.setNextBlockTimestamp(at);
    await expect(bench.guard.submitRound!(...call))
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(CAUSE.roundLate, ALL_MARKETS, detectedAt, detectedAt, at);
  });

  it("of a late batch does so too", async () => {
    const bench = await fixture();
    const detectedAt = bench.loggedAt + BigInt(LIMITS.proofDeadlineSec) + 1n;
    const call = await bench.batchArguments(1);
    await networkHelpers.time.setNextBlockTimestamp(detectedAt + 9n);
    await expect(bench.guard.settleBatch!(...call))
      .to.emit(bench.guard, "IncidentRecovered")
      .withArgs(CAUSE.proofLate, ALL_MARKETS, detectedAt, detectedAt, detectedAt + 9n);
  });

  it("of a short vault names what everyone is owed", async () => {
    const bench = await fixture();
    await bench.drain(51n);
    const at = (await now()) + 10n;
    await networkHelpers.time.setNextBlockTimestamp(at);
    await expect(bench.guard.noteVault!())
      .to.emit(bench.guard, "IncidentDetected")
      .withArgs(CAUSE.vaultShort, ALL_MARKETS, at, 1000n);
    const block = BigInt(await networkHelpers.time.latestBlock());
    const incident = await bench.guard.incident!(CAUSE.vaultShort, ALL_MARKETS, at);
    expect(incident).to.deep.equal([block, 0n, 0n, 0n, 1000n]);
  });
});
