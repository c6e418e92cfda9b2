import { expect } from "chai";
import fc from "fast-check";
import { type MarketStep, stepMarket } from "../../verifier/model/marketRound.ts";
import type { OracleMarket } from "../../verifier/model/oracle.ts";
import { GENESIS_TIME, genesis, oracleMarket } from "../helpers/model/instance.ts";

const RATE = 1_000n;
const [start] = genesis.markets as readonly [OracleMarket, OracleMarket];

/** A round in which all reporters say the same price, and the same rate. */
const round = (old: OracleMarket, price: bigint, timestamp: bigint): MarketStep =>
  stepMarket(old, { prices: [price], fundingRates: [RATE] }, oracleMarket, timestamp, 64n);

/** Funding per lot so far, 2^-36 ticks. */
const total = ({ fundingIndex, fundingFraction }: OracleMarket) => (fundingIndex << 36n) + fundingFraction;

describe("funding", () => {
  it("stands still from the trip to the breaker's end, to the second", () => {
    let market = start;
    const accrued: bigint[] = [];
    for (const [after, price] of [
      [12n, start.mark],
      [30n, start.mark * 2n], // trips: the 18 s before it count
      [100n, start.mark],
      [329n, start.mark],
      [342n, start.mark], // the breaker ended 12 s ago
      [352n, start.mark],
    ] as const) {
      const { next } = round(market, price, GENESIS_TIME + after);
      accrued.push((total(next) - total(market)) / (RATE * next.mark));
      expect((total(next) - total(market)) % (RATE * next.mark)).to.equal(0n);
      market = after === 30n ? { ...next, mark: start.mark } : next; // back at once: no second trip
    }
    expect(accrued).to.deep.equal([12n, 18n, 0n, 0n, 12n, 10n]);
    expect(market.breakerUntil).to.equal(GENESIS_TIME + 330n);
  });

  it("counts no more than the longest step after the end", () => {
    const old = { ...start, breakerUntil: GENESIS_TIME + 100n };
    for (const [later, counted] of [
      [100n + 65_535n, 65_535n],
      [100n + 65_536n, 65_535n],
      [100n, 0n],
      [101n, 1n],
    ] as const) {
      const { next } = round(old, start.mark, GENESIS_TIME + later);
      expect(total(next) - total(old)).to.equal(RATE * next.mark * counted);
    }
  });

  it("accrues in exactly the seconds outside of all spans, whatever trips", () => {
    const steps = fc.array(fc.tuple(fc.bigInt(1n, 400n), fc.constantFrom(0n, 0n, 3n)), { minLength: 5, maxLength: 20 });
    const property = fc.property(steps, (given) => {
      let market = start;
      const spans: (readonly [bigint, bigint])[] = [];
      for (const [later, jump] of given) {
        const at = market.updatedAt + later;
        const { next, tripped } = round(market, jump === 0n ? market.mark : 1n, at);
        let free = 0n;
        for (let second = market.updatedAt; second < at; second++)
          if (!spans.some(([from, until]) => second >= from && second < until)) free += 1n;
        expect(total(next) - total(market)).to.equal(RATE * next.mark * free);
        if (tripped) spans.push([at, next.breakerUntil]);
        market = next;
      }
    });
    fc.assert(property, { numRuns: 60 });
  });
});
