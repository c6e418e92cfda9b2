/** Guards of the smallest and of the largest circuits, and numbers of genesis at their bounds. */
import { expect } from "chai";
import { type Bench, CALM, deployBench, genesisConfig, now, PROFILE } from "../../helpers/contracts/bench.ts";
import { priceWord } from "../../helpers/contracts/encode.ts";
import { ethers } from "../../helpers/contracts/network.ts";

const SMALLEST = { ...PROFILE, markets: 1, operations: 1, reporters: 1 };
const LARGEST = { ...PROFILE, markets: 4, operations: 16 };
/** 20 bits. */
const MOST = 2n ** 20n - 1n;
/** Places among a market's oracle parameters. @see verifier/model/parameters.ts ORACLE_MARKET_FIELDS */
const PLACES = { maintenanceBase: 3, maintenanceStep: 5 };

/** A guard without an exit hall, of as many markets and reporters as the profile says. */
async function deployShape(profile: typeof PROFILE): Promise<Bench> {
  const { oracleWords } = genesisConfig(await now());
  const word = priceWord(CALM);
  const genesis = {
    ...genesisConfig(0n),
    oracleParameters: new Array<bigint>(7 + 14 * profile.markets).fill(1n),
    marginParameters: [50n, 300n, ...new Array<bigint>(5 * profile.markets).fill(2n)],
    reporterKeys: new Array<bigint>(2 * profile.reporters).fill(3n),
    oracleWords: [oracleWords[0]!, ...Array.from({ length: profile.markets }, (_, m) => [word + BigInt(m), 5n]).flat()],
  };
  return deployBench({ profile, genesis, exitHall: "none" });
}

/** A guard whose last market has this value in this place. */
async function deployWith(name: keyof typeof PLACES, value: bigint) {
  const genesis = genesisConfig(await now());
  const oracleParameters = genesis.oracleParameters.with(7 + 14 + PLACES[name], value);
  return deployBench({ genesis: { ...genesis, oracleParameters }, exitHall: "none" });
}

describe("a guard of the smallest circuits", () => {
  it("has one market, one operation a batch and one reporter", async () => {
    const { guard } = await deployShape(SMALLEST);
    expect([await guard.markets!(), await guard.operationsPerBatch!(), await guard.reporters!()]).to.deep.equal([
      1n,
      1n,
      1n,
    ]);
    expect(await guard.status!(0n)).to.equal(0n);
    await expect(guard.status!(1n)).to.be.revertedWithCustomError(guard, "UnknownMarket").withArgs(1n, 1n);
  });
});

describe("a guard of the largest circuits", () => {
  it("has sixteen operations a batch, and answers for each of four markets", async () => {
    const { guard } = await deployShape(LARGEST);
    expect([await guard.markets!(), await guard.operationsPerBatch!()]).to.deep.equal([4n, 16n]);
    for (let market = 0n; market < 4n; market++) {
      expect(await guard.priceWord!(market)).to.equal(priceWord(CALM) + market);
      expect(await guard.status!(market)).to.equal(0n);
    }
    expect(await guard.outflowAllowance!()).to.equal(await guard.outflowFloor!());
  });
});

describe("a guard's genesis", () => {
  it("may say that a price is stale after a second", async () => {
    const genesis = genesisConfig(await now());
    const marginParameters = genesis.marginParameters.with(1, 1n);
    const { guard } = await deployBench({ genesis: { ...genesis, marginParameters }, exitHall: "none" });
    expect(await guard.staleSec!()).to.equal(1n);
  });

  for (const [name, lowest] of [
    ["maintenanceBase", 1n],
    ["maintenanceStep", 0n],
  ] as const) {
    for (const value of [lowest, MOST]) {
      it(`may have a ${name} of ${value}`, async () => {
        await deployWith(name, value);
      });
    }
    for (const value of [lowest - 1n, MOST + 1n].filter((bad) => bad >= 0n)) {
      it(`may not have a ${name} of ${value}`, async () => {
        const factory = await ethers.getContractFactory("Homeostat");
        await expect(deployWith(name, value))
          .to.be.revertedWithCustomError(factory, "BadParameter")
          .withArgs(name, value);
      });
    }
  }
});
