/** Zero in a lane means that nobody is there; one is the safest bound there is, and a bound. */
import { expect } from "chai";
import { CALM, defaultBench } from "../../helpers/contracts/bench.ts";
import * as encode from "../../helpers/contracts/encode.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const UNLIMITED = 2n ** 255n - 1n;
/** Lowest bound of longs and highest of shorts, ticks: both are one in their lanes. */
const [LOWEST, HIGHEST] = [1n - 2n ** 28n, 2n ** 28n - 1n];
const bpsOf = (distance: bigint) => (distance * 10_000n) / CALM.mark;

describe("a lane of the box", () => {
  for (const [title, bounds, buffer] of [
    ["limits nothing at zero", {}, UNLIMITED],
    ["is a bound at one, for longs", { long: LOWEST }, bpsOf(CALM.mark - LOWEST)],
    ["is a bound at one, for shorts", { short: HIGHEST }, bpsOf(HIGHEST - CALM.mark)],
  ] as const) {
    for (const market of [0, 1]) {
      it(`${title}, in market ${market}`, async () => {
        const bench = await networkHelpers.loadFixture(defaultBench);
        await bench.deposit(bench.alice, 100n);
        await bench.settle(1, { box: encode.boxOf([{}, {}].with(market, bounds)) });
        expect(await bench.guard.buffer!(market)).to.equal(buffer);
        expect(await bench.guard.buffer!(1 - market)).to.equal(UNLIMITED);
      });
    }
  }
});
