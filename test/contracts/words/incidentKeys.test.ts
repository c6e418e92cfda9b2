/** An incident is found by its cause, its market and its second, and by nothing near them; its stake is kept whole or as the greatest. */
import { expect } from "chai";
import { type Bench, defaultBench, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const [BREACH, DEFICIT, ALL_MARKETS] = [1n, 4n, 255n];
const GREATEST = 2n ** 64n - 1n;

/** A deficit of this size begins. @returns its second */
async function beginDeficit(bench: Bench, deficit: bigint): Promise<bigint> {
  await bench.deposit(bench.alice, 100n);
  await bench.settle(1, { deficit });
  return now();
}
const stakeOf = async ({ guard }: Bench, cause: bigint, market: bigint, detectedAt: bigint): Promise<bigint> =>
  (await guard.incident!(cause, market, detectedAt))[4];

describe("an incident in the ledger", () => {
  it("is found under its own cause, market and second only", async () => {
    const bench = await networkHelpers.loadFixture(defaultBench);
    const since = await beginDeficit(bench, 7n);
    expect(await stakeOf(bench, DEFICIT, ALL_MARKETS, since)).to.equal(7n);
    for (const [cause, market, detectedAt] of [
      [BREACH, ALL_MARKETS, since],
      [DEFICIT + 1n, ALL_MARKETS, since],
      [DEFICIT, 0n, since],
      [DEFICIT, ALL_MARKETS - 1n, since],
      [DEFICIT, ALL_MARKETS, since - 1n],
      [DEFICIT, ALL_MARKETS, since + 1n],
      [DEFICIT, ALL_MARKETS, since + 2n ** 32n],
    ] as const)
      expect(await stakeOf(bench, cause, market, detectedAt), `${cause} ${market} ${detectedAt}`).to.equal(0n);
  });

  for (const [deficit, stake] of [
    [1n, 1n],
    [GREATEST - 1n, GREATEST - 1n],
    [GREATEST, GREATEST],
    [GREATEST + 1n, GREATEST],
    [GREATEST + 8n, GREATEST],
  ] as const) {
    it(`keeps ${stake} of a deficit of ${deficit}`, async () => {
      const bench = await networkHelpers.loadFixture(defaultBench);
      const since = await beginDeficit(bench, deficit);
      expect(await stakeOf(bench, DEFICIT, ALL_MARKETS, since)).to.equal(stake);
    });
  }
});
