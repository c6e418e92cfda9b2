/** What may leave grows with calm up to the share that the guard was made with, and no further. */
import { expect } from "chai";
import { CALM, deployBench, genesisConfig, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";

const OWED = 100_000n;
const SHARE = (OWED * BigInt(LIMITS.outflowBps)) / 10_000n;
/** Places of a market's maintenance base among the oracle's parameters. @see verifier/model/parameters.ts ORACLE_MARKET_FIELDS */
const BASES = [7 + 3, 7 + 14 + 3];

/** The bases are the rates that the markets have. */
async function withCalmMarkets() {
  const genesis = genesisConfig(await now());
  const oracleParameters = genesis.oracleParameters.map((word, i) => (BASES.includes(i) ? CALM.maintenanceRate : word));
  const bench = await deployBench({
    genesis: { ...genesis, oracleParameters },
    limits: { ...LIMITS, outflowFloor: 1n },
  });
  await bench.deposit(bench.alice, OWED);
  await bench.settle(1);
  return bench;
}

describe("the outflow's limit", () => {
  for (const rate of [CALM.maintenanceRate, CALM.maintenanceRate - 1n, CALM.maintenanceRate / 2n, 1n]) {
    it(`is the whole share, and no more, with all rates at ${rate} of ${CALM.maintenanceRate}`, async () => {
      const bench = await networkHelpers.loadFixture(withCalmMarkets);
      const calmer = { ...CALM, maintenanceRate: rate };
      await bench.submitRound({ markets: [calmer, calmer] });
      expect(await bench.guard.outflowAllowance!()).to.equal(SHARE);
    });
  }
});
