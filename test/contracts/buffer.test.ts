import { expect } from "chai";
import fc from "fast-check";
import { CALM, deployBench, genesisConfig, now } from "../helpers/contracts/bench.ts";
import * as encode from "../helpers/contracts/encode.ts";
import { networkHelpers } from "../helpers/contracts/network.ts";

const UNLIMITED = 2n ** 255n - 1n;
/** Rates that any rate may follow: a round raises them by a bounded step only. */
const STEEPEST = { maintenanceRate: 2n ** 20n - 1n, initialRate: 2n ** 20n - 1n };
const ceil = (a: bigint, b: bigint) => (a + b - 1n) / b;

interface Case {
  readonly mark: bigint;
  readonly median: bigint;
  readonly rate: bigint;
  readonly funding: bigint;
  readonly lossLong: bigint;
  readonly lossShort: bigint;
  readonly long?: bigint;
  readonly short?: bigint;
}

/** The rule itself: equity at fraction `numerator / denominator` of margin may be negative. */
function isBreached(c: Case, price: bigint, numerator: bigint, denominator: bigint): boolean {
  const margin = ceil(price * numerator, denominator);
  const longFails = c.long !== undefined && price - margin - (c.funding + c.lossLong) < c.long;
  const shortFails = c.short !== undefined && price + margin - (c.funding + c.lossShort) > c.short;
  return longFails || shortFails;
}

/** Signed margins: ceil(price * f) for negative f, so that a negative buffer has the same meaning. */
function holdsAtBps(c: Case, bps: bigint): boolean {
  const margin = bps >= 0n ? ceil(c.mark * bps, 10_000n) : -((c.mark * -bps) / 10_000n);
  const longHolds = c.long === undefined || c.mark - margin - (c.funding + c.lossLong) >= c.long;
  const shortHolds = c.short === undefined || c.mark + margin - (c.funding + c.lossShort) <= c.short;
  return longHolds && shortHolds;
}

async function judge(c: Case): Promise<{ readonly buffer: bigint; readonly since: readonly bigint[] }> {
  const bench = await networkHelpers.loadFixture(withOneDeposit);
  const { mark, median, rate, funding } = c;
  const prices = { ...CALM, ...STEEPEST, mark, median, fundingIndex: funding, maintenanceRate: rate };
  await bench.submitRound({ markets: [CALM, prices] });
  const bounds = {
    ...(c.long === undefined ? {} : { long: c.long }),
    ...(c.short === undefined ? {} : { short: c.short }),
  };
  const lossWord = encode.lossOf([
    { long: 0n, short: 0n },
    { long: c.lossLong, short: c.lossShort },
  ]);
  await bench.settle(1, { box: encode.boxOf([{}, bounds]), lossWord, liabilities: 100n });
  return { buffer: await bench.guard.buffer!(1n), since: await bench.guard.breachSince!(1n) };
}

async function withOneDeposit() {
  const genesis = genesisConfig(await now());
  const oracleWords = [...genesis.oracleWords.slice(0, 3), encode.priceWord({ ...CALM, ...STEEPEST }), 5n];
  const bench = await deployBench({ genesis: { ...genesis, oracleWords } });
  await bench.deposit(bench.alice, 100n);
  return bench;
}

const CALM_CASE: Case = { mark: 1000n, median: 1000n, rate: 10_486n, funding: 0n, lossLong: 0n, lossShort: 0n };

describe("Homeostat.buffer", () => {
  const table: readonly (readonly [string, Partial<Case>, bigint])[] = [
    ["is unlimited without positions", {}, UNLIMITED],
    ["is the distance of the longs' bound", { long: 900n }, 1000n],
    ["is the distance of the shorts' bound", { short: 1250n }, 2500n],
    ["is the smaller of both", { long: 700n, short: 1250n }, 2500n],
    ["is zero with the mark at the bound", { long: 1000n }, 0n],
    ["rounds down to -10 below zero", { long: 1001n }, -10n],
    ["counts the funding index for longs", { long: 900n, funding: 50n }, 500n],
    ["counts the funding index for shorts", { short: 1100n, funding: 50n }, 1500n],
    ["counts the longs' loss index", { long: 900n, lossLong: 30n }, 700n],
    ["counts the shorts' loss index", { short: 1100n, lossShort: -30n }, 700n],
    ["takes the least bound there is", { long: -(2n ** 28n) + 1n }, ((1000n + 2n ** 28n - 1n) * 10_000n) / 1000n],
    ["rounds down, not to zero", { mark: 3000n, long: 3001n }, -4n],
  ];
  for (const [title, changes, wanted] of table) {
    it(title, async () => expect((await judge({ ...CALM_CASE, ...changes })).buffer).to.equal(wanted));
  }

  it("is the largest whole number of basis points that holds, and breaches are exact, for any box, price and index", async function () {
    this.timeout(120_000);
    const price = fc.bigInt(1n, 2n ** 27n - 1n);
    const index = fc.bigInt(-(2n ** 23n), 2n ** 23n);
    const bound = (ticks: bigint) => (ticks < 2n ** 28n ? ticks : 2n ** 28n - 1n);
    const near = (mark: bigint) =>
      fc.option(
        fc.bigInt(-1000n, 1000n).map((d) => bound(mark + (mark * d) / 900n)),
        { nil: undefined },
      );
    const cases = price.chain((mark) =>
      fc.record({
        mark: fc.constant(mark),
        median: fc.bigInt(-50n, 50n).map((d) => (mark + d > 0n && mark + d < 2n ** 27n ? mark + d : mark)),
        rate: fc.bigInt(1n, 2n ** 19n - 1n),
        funding: index,
        lossLong: index,
        lossShort: index,
        long: near(mark),
        short: near(mark),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async (drawn) => {
        const c = drawn as Case;
        const { buffer, since } = await judge(c);
        if (c.long === undefined && c.short === undefined) expect(buffer).to.equal(UNLIMITED);
        else expect([holdsAtBps(c, buffer), holdsAtBps(c, buffer + 1n)]).to.deep.equal([true, false]);
        const breached = isBreached(c, c.mark, c.rate, 2n ** 20n) || isBreached(c, c.median, c.rate, 2n ** 20n);
        expect(since.map((time) => time !== 0n)).to.deep.equal([breached, buffer < 0n]);
      }),
      { numRuns: 60, seed: 20251010 },
    );
  });
});
