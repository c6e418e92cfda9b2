/** The steps of all markets lie in one word: each is read whole, and without its neighbour. */
import { expect } from "chai";
import { CALM, deployBench, genesisConfig, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

/** Odd, so that the lowest bit of each counts. Rate units in STEP_SEC. */
const STEPS = [1001n, 2003n] as const;
const STEP_SEC = 256n;
/** Place of a market's step among the oracle's parameters. @see verifier/model/parameters.ts ORACLE_MARKET_FIELDS */
const placeOf = (market: number) => 7 + 14 * market + 5;

async function withSteps() {
  const genesis = genesisConfig(await now());
  const oracleParameters = STEPS.reduce(
    (words, step, market) => words.with(placeOf(market), step),
    [...genesis.oracleParameters],
  );
  return deployBench({ genesis: { ...genesis, oracleParameters } });
}

describe("the maintenance rate of a market", () => {
  for (const [market, step] of STEPS.entries()) {
    it(`rises by ${step} in ${STEP_SEC} s, and by no more, in market ${market}`, async () => {
      const bench = await networkHelpers.loadFixture(withSteps);
      const rise = (by: bigint) => {
        const raised = { updatedAt: CALM.updatedAt + STEP_SEC, maintenanceRate: CALM.maintenanceRate + by };
        return bench.submitRound({ markets: [CALM, CALM].with(market, { ...CALM, ...raised }) });
      };
      await expect(rise(step + 1n))
        .to.be.revertedWithCustomError(bench.guard, "MarginStepTooLarge")
        .withArgs(market, CALM.maintenanceRate + step + 1n, CALM.maintenanceRate + step);
      await rise(step);
    });
  }
});
