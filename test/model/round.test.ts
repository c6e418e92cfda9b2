import { expect } from "chai";
import fc from "fast-check";
import { maximum, minimum } from "../../verifier/model/arithmetic.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { stepMarket } from "../../verifier/model/marketRound.ts";
import { nearestMedian } from "../../verifier/model/median.ts";
import { genesisOracle, type OracleMarket, type OracleState } from "../../verifier/model/oracle.ts";
import { isReportSigned, type Report, signReport } from "../../verifier/model/report.ts";
import { applyRound, deviationSquaredAt } from "../../verifier/model/round.ts";
import {
  DOMAIN,
  GENESIS_TIME,
  genesis,
  hasher,
  oracleMarket,
  PRICES,
  parameters,
  reporterKeys,
  roundContext,
} from "../helpers/model/instance.ts";

const [PRICE] = PRICES;
const price = fc.bigInt(1n, 2n ** 27n - 1n);
const rate = fc.bigInt(-(2n ** 20n), 2n ** 20n - 1n);
const market = fc.record<OracleMarket>({
  mark: price,
  median: price,
  fundingIndex: fc.bigInt(-(2n ** 25n) + 1n, 2n ** 25n - 1n),
  maintenanceRate: fc.bigInt(oracleMarket.maintenanceBase, oracleMarket.maintenanceMax),
  initialRate: fc.bigInt(oracleMarket.initialBase, oracleMarket.initialMax),
  updatedAt: fc.bigInt(GENESIS_TIME - 100_000n, GENESIS_TIME),
  breakerUntil: fc.bigInt(0n, GENESIS_TIME + 1000n),
  variance: fc.bigInt(0n, 2n ** 32n - 1n),
  weight: fc.bigInt(1n, 2n ** 28n - 1n),
  fundingFraction: fc.bigInt(0n, 2n ** 36n - 1n),
  anchor: price,
  anchorAt: fc.bigInt(GENESIS_TIME - 10_000n, GENESIS_TIME),
  breakerLevel: fc.bigInt(0n, 3n),
});

const report = (change: Partial<Report> = {}): Report => ({
  timestamp: GENESIS_TIME + 12n,
  prices: [PRICE, 250_000n],
  fundingRates: [0n, 0n],
  ...change,
});
const ABSENT = [0n, 0n, 0n, 0n];
const words = (reports: readonly (Report | undefined)[]): readonly bigint[] =>
  reports.flatMap((given, slot) =>
    given === undefined ? ABSENT : signReport(hasher, reporterKeys[slot]!, DOMAIN, given),
  );
const honest = [report(), report(), report(), report()];

describe("the nearest median", () => {
  it("lies between two honest values whenever the liars are few, wherever they stand", () => {
    const values = fc.array(price, { minLength: 3, maxLength: 9 });
    const property = fc.property(values, fc.array(price, { maxLength: 4 }), price, (good, lies, anchor) => {
      const few = lies.slice(0, Math.floor((good.length - 1) / 2)); // f liars among at least 2f + 1
      const found = nearestMedian([...few, ...good], anchor);
      const sorted = [...good].sort((a, b) => Number(a - b));
      expect(found >= sorted[0]! && found <= sorted.at(-1)!).to.equal(true);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("is the one value that the circuit's counting conditions allow", () => {
    const small = fc.bigInt(0n, 9n);
    const property = fc.property(fc.array(small, { maxLength: 8 }), small, (values, anchor) => {
      const meets = (candidate: bigint): boolean => {
        const less = values.filter((value) => value < candidate).length;
        const greater = values.filter((value) => value > candidate).length;
        const [twiceLess, twiceGreater, all] = [2 * less, 2 * greater, values.length];
        if (twiceLess > all || twiceGreater > all) return false;
        return (candidate <= anchor || twiceLess < all) && (candidate >= anchor || twiceGreater < all);
      };
      const candidates = Array.from({ length: 12 }, (_, index) => BigInt(index) - 1n).filter(meets);
      expect(candidates).to.deep.equal([nearestMedian(values, anchor)]);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it("is the anchor when there are no values", () => expect(nearestMedian([], 7n)).to.equal(7n));
});

describe("a market in a round", () => {
  const step = fc.record({
    old: market,
    prices: fc.array(price, { minLength: 3, maxLength: 7 }),
    rates: fc.array(rate, { minLength: 3, maxLength: 7 }),
    later: fc.bigInt(1n, 100_000n),
  });
  const law = (
    check: (old: OracleMarket, next: OracleMarket, stepSec: bigint, reach: bigint, tripped: boolean) => void,
    numRuns = 500,
  ): void => {
    const property = fc.property(step, fc.constantFrom(25n, 64n, 4095n), ({ old, prices, rates, later }, k2) => {
      const timestamp = GENESIS_TIME + later;
      const result = stepMarket(old, { prices, fundingRates: rates }, oracleMarket, timestamp, k2);
      const gap = timestamp - old.updatedAt;
      check(old, result.next, minimum(gap, 65_535n), result.reach, result.tripped);
    });
    fc.assert(property, { numRuns });
  };

  it("moves its mark towards the median, at most by the reach, and trips when that is not enough", () => {
    law((old, { mark, median }, _, reach, tripped) => {
      const [moved, wanted] = [abs(mark - old.mark), abs(median - old.mark)];
      expect(moved).to.equal(minimum(wanted, reach));
      const allowed = (old.anchor * oracleMarket.anchorRate) / 2n ** 20n;
      expect(tripped).to.equal(wanted > reach || abs(median - old.anchor) > allowed);
      expect((mark - old.mark) * (median - old.mark) >= 0n, "towards the median").to.equal(true);
      expect(mark >= 1n && mark < 2n ** 27n).to.equal(true);
    });
  });

  it("has the exact square root as its reach", () => {
    const anyMark = fc.oneof(price, fc.bigInt(1n, 100n));
    const property = fc.property(market, fc.bigInt(1n, 65_535n), anyMark, ({ variance }, stepSec, mark) => {
      const old = { ...genesis.markets[0]!, mark, variance, updatedAt: GENESIS_TIME };
      const { reach } = stepMarket(
        old,
        { prices: [mark], fundingRates: [] },
        oracleMarket,
        GENESIS_TIME + stepSec,
        64n,
      );
      const spread = 64n * maximum(variance, oracleMarket.varianceFloor) * stepSec * mark * mark;
      const isRoot = (root: bigint) =>
        root * root * 2n ** 40n <= spread && spread < (root + 1n) * (root + 1n) * 2n ** 40n;
      expect(spread < 2n ** 40n ? reach === 1n : isRoot(reach)).to.equal(true);
      expect(reach < 2n ** 37n).to.equal(true);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("moves maintenance at a bounded rate, and keeps initial at or above it", () => {
    law((old, next, stepSec) => {
      expect(
        abs(next.maintenanceRate - old.maintenanceRate) <= (oracleMarket.maintenanceStep * stepSec) / 256n,
      ).to.equal(true);
      expect(next.initialRate >= next.maintenanceRate).to.equal(true);
      expect(
        next.maintenanceRate >= oracleMarket.maintenanceBase && next.maintenanceRate <= oracleMarket.maintenanceMax,
      ).to.equal(true);
    });
  });

  it("freezes funding while its breaker was set, and caps it otherwise", () => {
    law((old, next, stepSec) => {
      const before = old.fundingIndex * 2n ** 36n + old.fundingFraction;
      const change = next.fundingIndex * 2n ** 36n + next.fundingFraction - before;
      const free = maximum(0n, next.updatedAt - maximum(old.updatedAt, old.breakerUntil));
      expect(abs(change) <= oracleMarket.fundingCap * next.mark * minimum(stepSec, free)).to.equal(true);
      expect(abs(next.fundingIndex) < 2n ** 25n).to.equal(true);
      expect(next.fundingFraction >= 0n && next.fundingFraction < 2n ** 36n).to.equal(true);
    });
  });

  it("widens its band by its own capped moves only, however far a print is", () => {
    law((old, next, stepSec, reach) => {
      const move = minimum(reach, abs(next.median - old.mark));
      const time = oracleMarket.timeConstantSec;
      const most =
        (time * old.variance * old.mark ** 2n + move ** 2n * 2n ** 40n) / ((time + stepSec) * old.mark ** 2n);
      expect(next.variance).to.equal(minimum(most, 2n ** 32n - 1n));
      expect(next.weight >= 1n && next.weight < 2n ** 28n).to.equal(true);
    });
  });

  it("keeps a funding index at the edge of its range as it is", () => {
    const old = {
      ...genesis.markets[0]!,
      fundingIndex: 2n ** 25n - 1n,
      fundingFraction: 2n ** 36n - 1n,
      mark: 2n ** 27n - 1n,
    };
    const quotes = { prices: [old.mark], fundingRates: [4096n] };
    const { next } = stepMarket(old, quotes, oracleMarket, GENESIS_TIME + 1000n, 64n);
    expect([next.fundingIndex, next.fundingFraction]).to.deep.equal([old.fundingIndex, old.fundingFraction]);
  });
});

describe("a round", () => {
  const run = (given: readonly bigint[], context = roundContext, old: OracleState = genesis) =>
    applyRound(old, given, context);

  it("counts every good report and moves on", () => {
    const { next, counted, publicSignals } = run(words(honest));
    expect(counted).to.deep.equal([true, true, true, true]);
    expect([next.round, next.timestamp]).to.deep.equal([1n, GENESIS_TIME + 12n]);
    expect(publicSignals.length).to.equal(8 + genesis.markets.length);
  });

  it("keeps price and time between two honest reports, whatever one reporter in four says", () => {
    const lie = fc.record({
      timestamp: fc.bigInt(0n, 2n ** 40n - 1n),
      prices: fc.tuple(fc.bigInt(0n, 2n ** 27n - 1n), price),
      fundingRates: fc.tuple(rate, rate),
    });
    const property = fc.property(lie, fc.integer({ min: 0, max: 3 }), (given, slot) => {
      const truths = [5_999_000n, 6_000_000n, 6_001_000n, 6_000_500n].map((at, index) =>
        report({ prices: [at, 250_000n], timestamp: GENESIS_TIME + 10n + BigInt(index) }),
      );
      const { next } = run(words(truths.with(slot, given)));
      expect(next.markets[0]!.median >= 5_999_000n && next.markets[0]!.median <= 6_001_000n).to.equal(true);
      expect(next.timestamp >= GENESIS_TIME + 10n && next.timestamp <= GENESIS_TIME + 13n).to.equal(true);
      expect(next.timestamp > genesis.timestamp).to.equal(true);
    });
    fc.assert(property, { numRuns: 40 });
  });

  for (const { title, change } of [
    { title: "with a wrong signature", change: (good: readonly bigint[]) => good.with(3, good[3]! + 1n) },
    { title: "that is absent", change: (good: readonly bigint[]) => good.toSpliced(0, 4, ...ABSENT) },
    {
      title: "signed by another reporter",
      change: (good: readonly bigint[]) =>
        good.toSpliced(0, 4, ...signReport(hasher, reporterKeys[1]!, DOMAIN, report())),
    },
    {
      title: "for another domain",
      change: (good: readonly bigint[]) =>
        good.toSpliced(0, 4, ...signReport(hasher, reporterKeys[0]!, DOMAIN + 1n, report())),
    },
    {
      title: "no newer than the last round",
      change: (good: readonly bigint[]) => good.toSpliced(0, 4, ...words([report({ timestamp: GENESIS_TIME })])),
    },
  ]) {
    it(`does not count a report ${title}`, () => {
      expect(run(change(words(honest))).counted).to.deep.equal([false, true, true, true]);
    });
  }

  it("does not count a slot with an invalid key", () => {
    const reporterSet = [{ x: 0n, y: 0n }, ...roundContext.reporterKeys.slice(1)];
    expect(run(words(honest), { ...roundContext, reporterKeys: reporterSet }).counted).to.deep.equal([
      false,
      true,
      true,
      true,
    ]);
  });

  it("does not count a key with torsion, though it signs like another", () => {
    const [reporter] = reporterKeys;
    const { x, y } = reporter!.publicKey;
    const publicKey = { x: FIELD - x, y: FIELD - y }; // the point of order two added
    const mixed = signReport(hasher, { ...reporter!, publicKey }, DOMAIN, report());
    expect(isReportSigned(hasher, publicKey, DOMAIN, mixed)).to.equal(true);
    const context = { ...roundContext, reporterKeys: roundContext.reporterKeys.with(0, publicKey) };
    expect(run(words(honest).toSpliced(0, 4, ...mixed), context).counted).to.deep.equal([false, true, true, true]);
  });

  for (const { title, given, code } of [
    {
      title: "fewer reports than the quorum",
      given: words([report(), report(), undefined, undefined]),
      code: "ROUND_QUORUM",
    },
    { title: "too few words", given: words(honest).slice(1), code: "ROUND_WORDS" },
    { title: "a word not below the field's order", given: words(honest).with(1, 2n ** 254n), code: "ROUND_WORDS" },
    {
      title: "a report with bits above its last market",
      given: words(honest).with(0, 2n ** 136n),
      code: "ROUND_WORDS",
    },
  ]) {
    it(`is refused with ${title}`, () => {
      expect(() => run(given))
        .to.throw()
        .with.property("code", code);
    });
  }

  it("leaves a market without a quorum of prices exactly as it was", () => {
    const silent = report({ prices: [PRICE + 50n, 0n] });
    const { next } = run(words([report({ prices: [PRICE, 251_000n] }), report(), silent, silent]));
    expect(next.markets[1]).to.equal(genesis.markets[1]);
    expect(next.markets[0]!.updatedAt).to.equal(next.timestamp);
  });

  it("follows a crash within a few rounds, tripped meanwhile, and clears by itself", () => {
    let oracle = genesisOracle(parameters, GENESIS_TIME, PRICES);
    const low = (PRICE * 9n) / 10n;
    const tripped: boolean[] = [];
    for (let round = 1n; round <= 30n; round++) {
      const given = report({ prices: [low, 250_000n], timestamp: GENESIS_TIME + 12n * round });
      oracle = run(words([given, given, given, given]), roundContext, oracle).next;
      tripped.push(oracle.timestamp < oracle.markets[0]!.breakerUntil);
    }
    expect(oracle.markets[0]!.mark).to.equal(low);
    expect(tripped[0]).to.equal(true);
    expect(tripped.at(-1)).to.equal(false);
  });

  it("tests deviations the harder, the more value is at risk", () => {
    const tiers = [0n, 10n ** 12n - 1n, 10n ** 12n, 10n ** 14n, 10n ** 16n].map((tvl) =>
      deviationSquaredAt(parameters.oracle, tvl),
    );
    expect(tiers).to.deep.equal([64n, 64n, 49n, 36n, 25n]);
  });
});

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
