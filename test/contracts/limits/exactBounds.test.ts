/** Longs and shorts, margin and bankruptcy: what lies exactly at a bound holds, one tick further does not. */
import { expect } from "chai";
import { CALM, deployBench, genesisConfig, now } from "../../helpers/contracts/bench.ts";
import * as encode from "../../helpers/contracts/encode.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

/** A margin of a tick and 2^-20 of one, which is two ticks. */
const MARK = 2n ** 20n + 1n;
const LEAST = encode.priceWord({ ...CALM, mark: MARK, median: MARK, maintenanceRate: 1n, initialRate: 1n });
/** A quarter of the mark, 1000 ticks: a margin of 250 ticks with nothing to round. */
const QUARTER = encode.priceWord({ ...CALM, maintenanceRate: 2n ** 18n, initialRate: 2n ** 19n });

async function benchAt(word: bigint) {
  const genesis = genesisConfig(await now());
  const [timestamp] = genesis.oracleWords;
  const bench = await deployBench({ genesis: { ...genesis, oracleWords: [timestamp!, word, 5n, word, 5n] } });
  await bench.deposit(bench.alice, 100n);
  return bench;
}

const withDeposit = () => benchAt(QUARTER);
const withLeastMargin = () => benchAt(LEAST);

describe("a bound of the box", () => {
  for (const [title, bounds, breached, bankrupt] of [
    ["that longs keep with their margin", { long: 750n }, false, false],
    ["that longs lack one tick of margin for", { long: 751n }, true, false],
    ["that longs keep with nothing", { long: 1000n }, true, false],
    ["that longs have lost by a tick", { long: 1001n }, true, true],
    ["that shorts keep with their margin", { short: 1250n }, false, false],
    ["that shorts lack one tick of margin for", { short: 1249n }, true, false],
    ["that shorts keep with nothing", { short: 1000n }, true, false],
    ["that shorts have lost by a tick", { short: 999n }, true, true],
  ] as const) {
    it(`${title} is ${breached ? "breached" : "whole"}${bankrupt ? ", and someone bankrupt" : ""}`, async () => {
      const bench = await networkHelpers.loadFixture(withDeposit);
      await bench.settle(1, { box: encode.boxOf([bounds, {}]) });
      const since: readonly bigint[] = await bench.guard.breachSince!(0n);
      expect(since.map((time) => time !== 0n)).to.deep.equal([breached, bankrupt]);
    });
  }

  for (const [title, bounds, breached] of [
    ["is kept by longs", { long: MARK - 2n }, false],
    ["is not kept by longs who have one", { long: MARK - 1n }, true],
    ["is kept by shorts", { short: MARK + 2n }, false],
    ["is not kept by shorts who have one", { short: MARK + 1n }, true],
  ] as const) {
    it(`with a margin of two ticks, the second for the least fraction of one, ${title}`, async () => {
      const bench = await networkHelpers.loadFixture(withLeastMargin);
      await bench.settle(1, { box: encode.boxOf([bounds, {}]) });
      expect((await bench.guard.breachSince!(0n))[0] !== 0n).to.equal(breached);
    });
  }
});
