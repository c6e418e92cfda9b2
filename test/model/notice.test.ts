import { expect } from "chai";
import fc from "fast-check";
import { checkParameters } from "../../verifier/model/checkParameters.ts";
import { health, type Position } from "../../verifier/model/margin.ts";
import { stepMarket } from "../../verifier/model/marketRound.ts";
import type { OracleMarket, OracleState } from "../../verifier/model/oracle.ts";
import type { OracleMarketParameters, Parameters } from "../../verifier/model/parameters.ts";
import { initialRateOf, riskOf } from "../../verifier/model/risk.ts";
import { genesisState } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { GENESIS_TIME, hasher, oracleMarket, parameters as ordinary, profile } from "../helpers/model/instance.ts";

const NOTICE_SEC = 300n;
const RATE_ONE = 2n ** 20n;
/** The highest variance that a market can have. */
const HIGHEST = 2n ** 32n - 1n;
const { markets: noLosses } = genesisState(hasher, profile);

/** Any parameters that keep the rules. */
const limits = fc
  .tuple(fc.bigInt(2n, 2n ** 17n), fc.bigInt(0n, 2n ** 17n), fc.bigInt(0n, 2n ** 17n), fc.bigInt(0n, 2n ** 17n))
  .chain(([maintenanceBase, room, gap, higher]) =>
    fc.record<OracleMarketParameters>({
      ...mapConstants(oracleMarket),
      varianceFloor: fc.bigInt(1n, 2n ** 20n),
      horizonSec: fc.bigInt(1n, 2n ** 20n),
      maintenanceBase: fc.constant(maintenanceBase),
      maintenanceMax: fc.constant(maintenanceBase + room),
      maintenanceStep: fc.bigInt(0n, (gap * 256n) / NOTICE_SEC),
      initialBase: fc.constant(maintenanceBase + gap),
      initialMax: fc.constant(maintenanceBase + gap + room + higher),
      initialMultiple: fc.bigInt(16n, 60n),
    }),
  );

function mapConstants(values: OracleMarketParameters) {
  const entries = Object.entries(values).map(([name, value]) => [name, fc.constant(value as bigint)] as const);
  return Object.fromEntries(entries) as { [K in keyof OracleMarketParameters]: fc.Arbitrary<bigint> }; // its keys are the names
}

/** A market at any legal maintenance rate, as a round with any variance left it. */
const world = limits.chain((market) =>
  fc.record({
    market: fc.constant(market),
    mark: fc.bigInt(1n, 2n ** 27n - 1n),
    maintenanceRate: fc.bigInt(market.maintenanceBase, market.maintenanceMax),
    variance: fc.bigInt(0n, HIGHEST),
    sizes: fc.tuple(fc.bigInt(-(2n ** 30n), 2n ** 30n), fc.bigInt(-(2n ** 30n), 2n ** 30n)),
  }),
);

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const parametersWith = (market: OracleMarketParameters): Parameters => ({
  oracle: { ...ordinary.oracle, markets: [market, market] },
  margin: {
    ...ordinary.margin,
    markets: ordinary.margin.markets.map((margin) => ({ ...margin, discountRate: 0n, penaltyRate: 0n })),
  },
});

/** The next round at an unchanged price, with volatility as someone wishes it. */
const quietRound = (old: OracleMarket, market: OracleMarketParameters, seconds: bigint, variance: bigint) =>
  stepMarket({ ...old, variance }, { prices: [old.mark], fundingRates: [0n] }, market, old.updatedAt + seconds, 64n)
    .next;

function startOf({ market, mark, maintenanceRate, variance }: World): OracleMarket {
  const old: OracleMarket = {
    ...{ mark, median: mark, fundingIndex: 0n, fundingFraction: 0n, weight: 1n, breakerUntil: 0n, breakerLevel: 0n },
    ...{ variance, maintenanceRate, initialRate: 0n, updatedAt: GENESIS_TIME, anchor: mark, anchorAt: GENESIS_TIME },
  };
  return quietRound(old, market, 1n, variance);
}

function expectHealthy(account: Position, market: OracleMarket, limitsOf: OracleMarketParameters): void {
  const oracle: OracleState = { round: 1n, timestamp: market.updatedAt, markets: [market, market] };
  const terms = marketTerms({ markets: noLosses }, oracle, parametersWith(limitsOf));
  expect(health(account, terms) >= 0n, `at a maintenance rate of ${market.maintenanceRate}`).to.equal(true);
}

/** An account with nothing to spare at the initial rate: H(initial) = 0. */
function atTheEdge(sizes: readonly bigint[], { mark, initialRate }: OracleMarket): Position {
  const margin = (mark * initialRate + RATE_ONE - 1n) / RATE_ONE;
  const value = (size: bigint) => size * (size > 0n ? mark - margin : mark + margin);
  return { quote: -sizes.reduce((sum, size) => sum + value(size), 0n), sizes };
}

describe("a rise of volatility", () => {
  it("is met by parameters that keep the rules", () => {
    const property = fc.property(limits, (market) => checkParameters(parametersWith(market), 2));
    fc.assert(property, { numRuns: 200 });
  });

  it("gives 300 s of notice to whoever met the initial margin", () => {
    const round = fc.record({ seconds: fc.bigInt(1n, 150n), variance: fc.bigInt(0n, HIGHEST) });
    const later = fc.array(round, { minLength: 1, maxLength: 12 });
    const property = fc.property(world, later, (given, rounds) => {
      const begin = startOf(given);
      const account = atTheEdge(given.sizes, begin);
      for (const path of [[{ seconds: NOTICE_SEC, variance: HIGHEST }], rounds]) {
        let market = begin;
        for (const { seconds, variance } of path) {
          market = quietRound(market, given.market, seconds, variance);
          if (market.updatedAt > begin.updatedAt + NOTICE_SEC) break;
          expectHealthy(account, market, given.market);
        }
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("does not liquidate whoever met the initial margin after it, however long maintenance rises", () => {
    const property = fc.property(world, fc.bigInt(1n, 70_000n), (given, seconds) => {
      const begin = startOf(given);
      const account = atTheEdge(given.sizes, begin);
      let market = begin;
      for (let count = 0; count < 40; count++) {
        market = quietRound(market, given.market, seconds, begin.variance);
        expectHealthy(account, market, given.market);
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  it("has an initial target at or above the maintenance target", () => {
    const property = fc.property(limits, fc.bigInt(0n, HIGHEST), (market, variance) => {
      const { initialTarget, maintenanceTarget } = riskOf(market, 1_000_000n, variance);
      expect(initialTarget >= maintenanceTarget).to.equal(true);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("raises maintenance by at most floor(step dt / 256) in a round, and never beyond its target", () => {
    const property = fc.property(world, fc.bigInt(1n, 70_000n), fc.bigInt(0n, HIGHEST), (given, seconds, variance) => {
      const begin = startOf(given);
      const market = quietRound(begin, given.market, seconds, variance);
      const { maintenanceTarget } = riskOf(given.market, market.mark, market.variance);
      const counted = seconds < 65_535n ? seconds : 65_535n;
      const highest = begin.maintenanceRate + (given.market.maintenanceStep * counted) / 256n;
      expect(market.maintenanceRate <= highest).to.equal(true);
      if (market.maintenanceRate > begin.maintenanceRate)
        expect(market.maintenanceRate <= maintenanceTarget).to.equal(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe("an initial rate", () => {
  const steep = { ...oracleMarket, maintenanceStep: 256n, maintenanceMax: 100_000n };
  for (const { title, target, maintenance, rate } of [
    { title: "is its target in calm", target: 52_429n, maintenance: 31_457n, rate: 52_429n },
    {
      title: "is what maintenance can come to, where that is more",
      target: 60_000n,
      maintenance: 60_000n,
      rate: 60_300n,
    },
    { title: "foresees no more than the highest maintenance", target: 60_000n, maintenance: 99_900n, rate: 100_000n },
    {
      title: "is never below a maintenance rate beyond its range",
      target: 60_000n,
      maintenance: 100_001n,
      rate: 100_001n,
    },
  ])
    it(title, () => expect(initialRateOf(steep, target, maintenance)).to.equal(rate));
});
