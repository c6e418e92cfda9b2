/** The outflow limit takes each market's own base, and a claim of one unit waits like any other. */
import { expect } from "chai";
import { CALM, deployBench, genesisConfig, LIMITS, now } from "../../helpers/contracts/bench.ts";
import { networkHelpers } from "../../helpers/contracts/network.ts";
import { withdraw } from "../../helpers/contracts/shortVault.ts";

const RATE = CALM.maintenanceRate;
/** A quarter of it is owed in a window, times base by rate: a unit for each unit of base. */
const OWED = 4n * RATE;

/** A guard of these bases that owes OWED, and has no floor worth the name. */
async function deployBases(bases: readonly bigint[]) {
  const genesis = genesisConfig(await now());
  const oracleParameters = [...genesis.oracleParameters];
  for (const [market, base] of bases.entries()) oracleParameters[7 + 14 * market + 3] = base;
  const limits = { ...LIMITS, outflowFloor: 1n };
  const bench = await deployBench({ genesis: { ...genesis, oracleParameters }, limits, exitHall: "none" });
  await bench.deposit(bench.alice, OWED);
  await bench.settle(1);
  return bench;
}

describe("the outflow limit", () => {
  for (const [bases, allowance] of [
    [[2n, RATE], 2n],
    [[RATE, 4n], 4n],
    [[8n, 6n], 6n],
    [[RATE, 2n ** 20n - 1n], RATE],
  ] as const) {
    it(`is ${allowance} where the markets' bases are ${bases.join(" and ")}`, async () => {
      const { guard } = await deployBases(bases);
      expect(await guard.outflowAllowance!()).to.equal(allowance);
    });
  }

  it("that is used up lets not even one unit go", async () => {
    const bench = await deployBases([2n, 2n]);
    for (const amount of [100n, 1n]) {
      await withdraw(bench, bench.alice, 1n, amount);
      await bench.settle(1);
    }
    await networkHelpers.time.increase(LIMITS.claimDelaySec);
    await expect(bench.guard.payClaim!(0n))
      .to.emit(bench.guard, "ClaimPaid")
      .withArgs(0n, await bench.alice.getAddress(), 2n);
    await expect(bench.guard.payClaim!(1n)).to.be.revertedWithCustomError(bench.guard, "OutflowExhausted");
  });

  it("gives a second claim what the first one left", async () => {
    const bench = await deployBases([90n, 90n]);
    const { guard, alice } = bench;
    for (const amount of [40n, 1000n]) {
      await withdraw(bench, alice, 1n, amount);
      await bench.settle(1);
    }
    await networkHelpers.time.increase(LIMITS.claimDelaySec);
    await guard.payClaim!(0n);
    const rest: bigint = await guard.outflowAllowance!();
    expect(rest).to.be.within(45n, 50n); // of 90, less 40; the limit falls a little with what is owed
    await expect(guard.payClaim!(1n))
      .to.emit(guard, "ClaimPaid")
      .withArgs(1n, await alice.getAddress(), rest);
  });
});
