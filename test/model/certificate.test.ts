import { expect } from "chai";
import fc from "fast-check";
import { maximum, minimum } from "../../verifier/model/arithmetic.ts";
import { boundsOf, bufferBps, isBreached } from "../../verifier/model/box.ts";
import { certificate, longBound, shortBound } from "../../verifier/model/certificate.ts";
import { health } from "../../verifier/model/margin.ts";
import { fundingIndices } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { emptyWorld } from "../helpers/model/engine.ts";
import { genesis, oracleWith, parameters, profile } from "../helpers/model/instance.ts";
import { accountsIn, everyAccount, history, startTwin, type Twin, tryIntent } from "../helpers/model/intents.ts";
import { worthLessMargin } from "../helpers/model/ledger.ts";

const RATE_ONE = 2n ** 20n;
const LANE_TOP = 2n ** 29n - 1n;

describe("the box of the root", () => {
  const probe = fc.record({
    rate: fc.bigInt(0n, 200_000n),
    nudges: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 2 }),
    side: fc.boolean(),
  });
  it("promises solvency of every account at every price and margin where it holds, checked one account at a time", function () {
    this.timeout(0);
    const seen = { held: 0, broken: 0, insolvent: 0 };
    const property = fc.property(
      history(10, 40),
      fc.array(probe, { minLength: 20, maxLength: 20 }),
      (intents, probes) => {
        const twin = intents.reduce(tryIntent, startTwin());
        for (const { rate, nudges, side } of probes) {
          const prices = pricesAtTheEdge(twin, rate, nudges, side);
          const worst = everyAccount
            .map((index) => worthLessMargin(twin.ledger, index, prices, rate, RATE_ONE))
            .reduce(minimum);
          if (!holds(twin, prices, rate)) {
            seen.broken++;
            if (worst < 0n) seen.insolvent++;
            continue;
          }
          if (twin.world.state.tree.root.box !== 0n) seen.held++;
          expect(worst >= 0n, `worst account ${worst} at prices ${prices}, rate ${rate}`).to.equal(true);
        }
      },
    );
    fc.assert(property, { numRuns: 40, seed: 20251010 });
    expect(seen.held, "boxes with positions that held").to.be.greaterThan(100);
    expect(seen.broken, "boxes that did not hold").to.be.greaterThan(100);
    expect(seen.insolvent, "boxes that did not hold, with somebody insolvent").to.be.greaterThan(20);
  });

  it("is the lane-wise maximum over all accounts", () => {
    const property = fc.property(history(0, 15), (intents) => {
      const { world } = intents.reduce(tryIntent, startTwin());
      const lanes = accountsIn(world).map((account) => account.lanes);
      const widest = Array.from({ length: 2 * profile.markets }, (_, lane) =>
        lanes.map((of) => of[lane]!).reduce(maximum),
      );
      const packed = widest.map((lane, index) => lane * 2n ** BigInt(31 * index)).reduce((a, b) => a + b);
      expect(world.state.tree.root.box).to.equal(packed);
    });
    fc.assert(property, { numRuns: 20 });
  });

  it("gives as buffer the largest part of the price, in basis points, at which it still holds", () => {
    const property = fc.property(
      fc.bigInt(1n, 2n ** 27n - 1n),
      fc.bigInt(-(2n ** 27n), 2n ** 27n),
      fc.bigInt(-1000n, 1000n),
      fc.boolean(),
      (price, bound, index, long) => {
        const bounds = { floor: long ? bound : undefined, ceiling: long ? undefined : bound };
        const funding = { fundingLong: index, fundingShort: index };
        const bps = bufferBps(bounds, price, funding)!;
        const holdsAt = (part: bigint): boolean => {
          const loss = -floorDivide(-price * part, 10_000n); // rounded up
          return long ? price - loss - index >= bound : price + loss - index <= bound;
        };
        expect(holdsAt(bps)).to.equal(true);
        expect(holdsAt(bps + 1n)).to.equal(false);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it("has no buffer where nobody has a position", () => {
    expect(bufferBps(boundsOf(0n, 2)[0]!, 100n, { fundingLong: 0n, fundingShort: 0n })).to.equal(undefined);
  });
});

describe("certificate", () => {
  const terms = marketTerms(emptyWorld.state, genesis, parameters);
  const size = fc.bigInt(-(2n ** 39n), 2n ** 39n);
  const quote = fc.bigInt(-(2n ** 62n), 2n ** 62n);

  it("keeps quote + sum of size * bound at zero or more, or names a lane that no price reaches", () => {
    const property = fc.property(
      quote,
      size,
      size,
      fc.bigInt(-(2n ** 24n), 2n ** 24n),
      (cash, first, second, fundingIndex) => {
        const at = marketTerms(emptyWorld.state, oracleWith({ fundingIndex }, { weight: 2n ** 27n - 1n }), parameters);
        const sizes = [first, second];
        const lanes = certificate({ quote: cash, sizes }, at);
        if (lanes.includes(LANE_TOP)) return;
        const value = sizes.reduce((sum, lots, market) => {
          const bound = lots > 0n ? longBound(lanes[2 * market]!) : shortBound(lanes[2 * market + 1]!);
          return lots === 0n ? sum : sum + lots * bound;
        }, cash);
        if (first === 0n && second === 0n) return;
        expect(value >= 0n).to.equal(true);
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });

  it("of one position is its liquidation price, up to the rounding of the slack", () => {
    const lots = fc.bigInt(1n, 2n ** 30n);
    const property = fc.property(
      lots,
      fc.boolean(),
      fc.bigInt(0n, 999n),
      fc.constantFrom(0, 1),
      (held, long, thousandths, market) => {
        const { mark, weight } = terms.markets[market]!;
        const worthAtMark = (held * mark * thousandths) / 1000n;
        const sizes = [0n, 0n].with(market, long ? held : -held);
        const cash = long ? worthAtMark - held * mark : held * mark + worthAtMark;
        const position = { quote: cash, sizes };
        if (health(position, terms) < 0n) return;
        const lanes = certificate(position, terms);
        const bound = long ? longBound(lanes[2 * market]!) : shortBound(lanes[2 * market + 1]!);
        // the price per lot at which quote + size * price is just not negative
        const liquidation = long ? -floorDivide(cash, held) : floorDivide(cash, held);
        const slip = long ? bound - liquidation : liquidation - bound;
        expect(slip >= 0n && slip <= weight / RATE_ONE + 1n, `slip ${slip}`).to.equal(true);
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });

  it("has lanes only where there is a position, and saturates below 2^29", () => {
    expect(certificate({ quote: 5n, sizes: [0n, 0n] }, terms)).to.deep.equal([0n, 0n, 0n, 0n]);
    expect(certificate({ quote: 2n ** 62n, sizes: [1n, 0n] }, terms)).to.deep.equal([1n, 0n, 0n, 0n]);
    expect(certificate({ quote: -(2n ** 62n), sizes: [0n, -1n] }, terms)).to.deep.equal([0n, 0n, 0n, LANE_TOP]);
  });

  it("of an unhealthy account says so at the mark", () => {
    const property = fc.property(size, size, fc.bigInt(1n, 2n ** 60n), (first, second, missing) => {
      const flat = { quote: 0n, sizes: [first, second] };
      if (first === 0n && second === 0n) return;
      const position = { ...flat, quote: -health(flat, terms) - missing };
      const lanes = certificate(position, terms);
      const broken = terms.markets.some(({ kappaLong, kappaShort }, market) => {
        const [long, short] = [lanes[2 * market]!, lanes[2 * market + 1]!];
        return (long !== 0n && kappaLong < longBound(long)) || (short !== 0n && kappaShort > shortBound(short));
      });
      expect(broken).to.equal(true);
    });
    fc.assert(property, { numRuns: 1000 });
  });
});

/** Whether the box of the root holds at prices and a margin rate in every market. */
function holds({ world }: Twin, prices: readonly bigint[], rate: bigint): boolean {
  const funding = fundingIndices(world.state, world.oracle);
  return boundsOf(world.state.tree.root.box, profile.markets).every(
    (bounds, market) => !isBreached(bounds, prices[market]!, rate, funding[market]!),
  );
}

/** Prices next to the bounds of the box, where a wrong bound would show. */
function pricesAtTheEdge({ world }: Twin, rate: bigint, nudges: readonly number[], side: boolean): readonly bigint[] {
  const funding = fundingIndices(world.state, world.oracle);
  return boundsOf(world.state.tree.root.box, profile.markets).map(({ floor, ceiling }, market) => {
    const { fundingLong, fundingShort } = funding[market]!;
    const edge =
      floor === undefined || ceiling === undefined
        ? world.oracle.markets[market]!.mark
        : side
          ? ((floor + fundingLong) * RATE_ONE) / (RATE_ONE - rate)
          : ((ceiling + fundingShort) * RATE_ONE) / (RATE_ONE + rate);
    const price = edge + BigInt(nudges[market]!);
    return price < 1n ? 1n : price >= 2n ** 27n ? 2n ** 27n - 1n : price;
  });
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const rest = ((numerator % denominator) + denominator) % denominator;
  return (numerator - rest) / denominator;
}
