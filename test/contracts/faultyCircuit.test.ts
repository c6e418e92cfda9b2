import { expect } from "chai";
import { type Bench, CALM, deployBench, FEE_WEI, genesisConfig, now } from "../helpers/contracts/bench.ts";
import { ethers, networkHelpers } from "../helpers/contracts/network.ts";
import { SIGNATURE } from "../helpers/contracts/posted.ts";

/** What the guard checks again although the circuits prove it: the mock verifiers accept any signals. */
const STEP = 1000n; // maintenanceStep: rate units per 256 s
const SLOTS = 24;

async function withStep() {
  const genesis = genesisConfig(await now());
  const oracleParameters = [...genesis.oracleParameters];
  for (const market of [0, 1]) oracleParameters[7 + 14 * market + 5] = STEP * BigInt(market + 1);
  const bench = await deployBench({ genesis: { ...genesis, oracleParameters } });
  await bench.deposit(bench.alice, 1000n);
  await bench.settle(1);
  return bench;
}
const fixture = () => networkHelpers.loadFixture(withStep);

async function storageOf(bench: Bench): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: SLOTS }, (_, slot) => ethers.provider.getStorage(bench.at.guard, slot)));
}

describe("liabilities after a batch", () => {
  const post = async (bench: Bench) => {
    await bench.deposit(bench.alice, 50n);
    const expiry = (await now()) + 1000n;
    await bench.engine.withdraw!(1n, 300n, 1n, expiry, SIGNATURE, { value: FEE_WEI });
  };
  const cases = [
    { valid: [true, true], right: 750n, derived: 1050n, out: 300n },
    { valid: [false, true], right: 700n, derived: 1000n, out: 300n },
    { valid: [true, false], right: 1050n, derived: 1050n, out: 0n },
    { valid: [false, false], right: 1000n, derived: 1000n, out: 0n },
  ];
  for (const { valid, right, derived, out } of cases) {
    it(`are exactly ${right} where the deposit is ${valid[0]} and the withdrawal ${valid[1]}`, async () => {
      const bench = await fixture();
      await post(bench);
      for (const wrong of [right - 1n, right + 1n]) {
        await expect(bench.settle(2, { valid, liabilities: wrong }))
          .to.be.revertedWithCustomError(bench.guard, "LiabilitiesMismatch")
          .withArgs(derived, wrong + out);
      }
      await bench.settle(2, { valid, liabilities: right });
    });
  }

  it("change by deposits and withdrawals only: other operations move nothing in or out", async () => {
    const bench = await fixture();
    await bench.engine.recertify!(1n, 1n, { value: FEE_WEI });
    await expect(bench.settle(1, { liabilities: 999n })).to.be.revertedWithCustomError(
      bench.guard,
      "LiabilitiesMismatch",
    );
    await bench.settle(1, { liabilities: 1000n });
  });
});

describe("a market's margin rates after a round", () => {
  const { maintenanceRate: RATE, updatedAt: AT } = CALM;
  const round = (bench: Bench, market: number, changes: Partial<typeof CALM>) => {
    const markets = [CALM, CALM].map((calm, m) => (m === market ? { ...calm, ...changes } : calm));
    return bench.submitRound({ markets });
  };

  for (const market of [0, 1]) {
    const rise = (STEP * BigInt(market + 1) * 77n) / 256n;
    it(`rise by the step's share of the time at most, in market ${market}`, async () => {
      const bench = await fixture();
      await expect(round(bench, market, { updatedAt: AT + 77n, maintenanceRate: RATE + rise + 1n }))
        .to.be.revertedWithCustomError(bench.guard, "MarginStepTooLarge")
        .withArgs(market, RATE + rise + 1n, RATE + rise);
      await round(bench, market, { updatedAt: AT + 77n, maintenanceRate: RATE + rise });
    });
  }

  it("rise for 65,535 s at most, however long the market had no price", async () => {
    const bench = await fixture();
    const [updatedAt, initialRate] = [AT + 10_000_000n, 2n ** 20n - 1n];
    const most = RATE + (STEP * 65_535n) / 256n;
    await expect(round(bench, 0, { updatedAt, initialRate, maintenanceRate: most + 1n })).to.be.revertedWithCustomError(
      bench.guard,
      "MarginStepTooLarge",
    );
    await round(bench, 0, { updatedAt, initialRate, maintenanceRate: most });
  });

  it("do not rise without time, nor with time that runs backwards", async () => {
    const bench = await fixture();
    for (const updatedAt of [AT, AT - 1000n]) {
      await expect(round(bench, 0, { updatedAt, maintenanceRate: RATE + 1n }))
        .to.be.revertedWithCustomError(bench.guard, "MarginStepTooLarge")
        .withArgs(0n, RATE + 1n, RATE);
    }
  });

  it("fall as far as they like", async () => {
    const bench = await fixture();
    await round(bench, 0, { maintenanceRate: 1n, initialRate: 1n });
  });

  it("keep maintenance at or below initial", async () => {
    const bench = await fixture();
    await expect(round(bench, 1, { initialRate: RATE - 1n }))
      .to.be.revertedWithCustomError(bench.guard, "MarginStepTooLarge")
      .withArgs(1n, RATE, RATE - 1n);
    await round(bench, 1, { initialRate: RATE });
  });

  it("have a step that fits its bits, or no guard is made", async () => {
    const genesis = genesisConfig(await now());
    const oracleParameters = genesis.oracleParameters.with(12, 2n ** 20n);
    const bench = await fixture();
    await expect(deployBench({ genesis: { ...genesis, oracleParameters } }))
      .to.be.revertedWithCustomError(bench.guard, "BadParameter")
      .withArgs("maintenanceStep", 2n ** 20n);
  });
});

describe("a rejected proof", () => {
  it("changes nothing at all, of a round or of a batch", async () => {
    const bench = await fixture();
    await bench.deposit(bench.alice, 50n);
    const before = await storageOf(bench);
    const wrong = (signals: readonly bigint[]) => signals.with(0, (signals[0] ?? 0n) + 1n);
    const markets = [{ ...CALM, breakerUntil: 2n ** 39n }, CALM];
    await expect(bench.submitRound({ markets, signals: wrong })).to.be.revertedWithCustomError(
      bench.guard,
      "ProofRejected",
    );
    await expect(
      bench.settle(1, { valid: [false], unauthorised: 4n, deficit: 5n, signals: wrong }),
    ).to.be.revertedWithCustomError(bench.guard, "ProofRejected");
    expect(await storageOf(bench)).to.deep.equal(before);
  });
});
