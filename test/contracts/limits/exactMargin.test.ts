import { expect } from "chai";
import { CALM, deployBench, genesisConfig, now } from "../../helpers/contracts/bench.ts";
import * as encode from "../../helpers/contracts/encode.ts";

/** A quarter of the mark, 1000 ticks: a margin of 250 ticks with nothing to round. */
const QUARTER = encode.priceWord({ ...CALM, maintenanceRate: 2n ** 18n, initialRate: 2n ** 19n });

describe("a margin that needs no rounding", () => {
  it("is not rounded up: the market is breached one tick further, not at it", async () => {
    const genesis = genesisConfig(await now());
    const [timestamp] = genesis.oracleWords;
    const bench = await deployBench({ genesis: { ...genesis, oracleWords: [timestamp!, QUARTER, 5n, QUARTER, 5n] } });
    await bench.deposit(bench.alice, 100n);
    await expect(bench.settle(1, { box: encode.boxOf([{ long: 750n }, {}]) })).not.to.emit(bench.guard, "BreachNoted");
    await bench.deposit(bench.alice, 100n);
    await expect(bench.settle(1, { box: encode.boxOf([{ long: 751n }, {}]) }))
      .to.emit(bench.guard, "BreachNoted")
      .withArgs(0n, true, false);
  });
});
