import { expect } from "chai";
import fc from "fast-check";
import { applyBatch, deficitOf } from "../../verifier/model/batch.ts";
import { certificate } from "../../verifier/model/certificate.ts";
import { equityWorst, health, initialSlack } from "../../verifier/model/margin.ts";
import { encodeOperation } from "../../verifier/model/operation.ts";
import { fundingIndices, liabilitiesOf } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { accountAt } from "../../verifier/model/tree.ts";
import {
  apply,
  applyAll,
  deposit,
  emptyWorld,
  liquidate,
  trade,
  type World,
  withdraw,
} from "../helpers/model/engine.ts";
import {
  batchContext,
  GENESIS_TIME,
  genesis,
  marginMarket,
  oracleWith,
  PRICES,
  parameters,
} from "../helpers/model/instance.ts";

const [MARK] = PRICES;
const FUNDS = 2n * 10n ** 10n;
const LOTS = 30_000n;
const VALID = { valid: true };
const MARGIN = { valid: false, kind: "margin" };

/** Accounts 1 and 2 alone: 1 long and 2 short 30,000 lots of market 0. */
const pair = applyAll(emptyWorld, [
  () => deposit(1, FUNDS),
  () => deposit(2, FUNDS),
  (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: LOTS, price: MARK }),
]);
const withThird = applyAll(pair, [() => deposit(3, 50n * FUNDS)]);
const at = (world: World, mark: bigint): World => ({ ...world, oracle: oracleWith({ mark, median: mark }) });

describe("the largest liquidation", () => {
  for (const mark of [5_490_000n, 5_460_001n, 5_423_457n]) {
    it(`at ${mark} is the first size that brings the account back, to the lot`, () => {
      const world = at(withThird, mark);
      const terms = marketTerms(world.state, world.oracle, parameters);
      const owed = -health(accountAt(world.state.tree, 1), terms);
      const { gain } = terms.markets[0]!;
      expect(owed > 0n && gain > 0n).to.equal(true);
      const largest = (owed + gain - 1n) / gain;
      const attempt = (size: bigint) =>
        apply(world, liquidate(world, { market: 0, account: 1, liquidator: 3, size, limit: MARK }));
      expect(attempt(largest + 1n).outcome).to.deep.equal(MARGIN);
      const { outcome, world: after } = attempt(largest);
      expect(outcome).to.deep.equal(VALID);
      expect(health(accountAt(after.state.tree, 1), terms)).to.equal(largest * gain - owed);
    });
  }

  it("is refused where it would make the account worse, which only bad parameters allow", () => {
    const greedy = { ...marginMarket, discountRate: 20_000n, penaltyRate: 20_000n };
    const context = {
      ...batchContext,
      parameters: { ...parameters, margin: { ...parameters.margin, markets: [greedy, greedy] } },
    };
    const world = at(withThird, 5_460_000n);
    const operation = liquidate(world, { market: 0, account: 1, liquidator: 3, size: 10n, limit: MARK });
    expect(applyBatch(world.state, world.oracle, [encodeOperation(operation)], context).outcomes).to.deep.equal([
      MARGIN,
    ]);
  });
});

describe("reducing", () => {
  const broken: World = { ...withThird, oracle: oracleWith({ breakerUntil: GENESIS_TIME + 1n }) };
  const close = (size: bigint) =>
    apply(broken, trade(broken, { market: 0, buyer: 2, seller: 1, size, price: MARK })).outcome;
  it("may end at zero", () => expect(close(LOTS)).to.deep.equal(VALID));
  it("may not pass zero", () => expect(close(LOTS + 1n)).to.deep.equal({ valid: false, kind: "price" }));
});

describe("initial margin", () => {
  const size = fc.bigInt(-(2n ** 40n) + 1n, 2n ** 40n - 1n);
  const price = fc.bigInt(1n, 2n ** 27n - 1n);

  it("is exact: rate, size and open interest each take their part of the notional at the worse price", () => {
    const property = fc.property(
      size,
      size,
      price,
      price,
      fc.bigInt(0n, 2n ** 44n - 1n),
      fc.bigInt(0n, 2n ** 44n - 1n),
      (first, second, mark, median, one, other) => {
        const oracle = oracleWith({ mark, median });
        const terms = marketTerms(emptyWorld.state, oracle, parameters);
        const sizes = [first, second];
        const position = { quote: 12_345n, sizes };
        const openInterest = [one, other];
        let required = 0n;
        let worth = 12_345n * 2n ** 40n;
        sizes.forEach((lots, market) => {
          const { mark: here, median: there, initialRate } = oracle.markets[market]!;
          const [low, high] = here < there ? [here, there] : [there, here];
          const worse = lots > 0n ? low : high;
          const amount = lots < 0n ? -lots : lots;
          required += amount * worse * initialRate * 2n ** 20n;
          required += amount * worse * amount * marginMarket.sizeSlope;
          required += amount * worse * openInterest[market]! * marginMarket.openInterestSlope;
          worth += lots * worse * 2n ** 40n;
        });
        expect(equityWorst(position, terms) * 2n ** 40n).to.equal(worth);
        expect(initialSlack(position, terms, openInterest)).to.equal(worth - required);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it("is at least the minimum of an account with a position, to the unit", () => {
    const cheap: World = { ...emptyWorld, oracle: oracleWith({}, { mark: 1_000n, median: 1_000n }) };
    const poor = applyAll(cheap, [() => deposit(4, 1_000n), () => deposit(3, FUNDS)]);
    const attempt = (fee: bigint) =>
      apply(poor, trade(poor, { market: 1, buyer: 4, seller: 3, size: 1n, price: 1_000n, fee })).outcome;
    expect(attempt(0n)).to.deep.equal(VALID);
    expect(attempt(1n)).to.deep.equal(MARGIN);
  });
});

describe("liabilities", () => {
  const crashed = at(pair, 4_800_000n);
  const attempt = (amount: bigint) => apply(crashed, withdraw(crashed, 2, amount)).outcome;
  it("can be paid out to the last unit", () => expect(attempt(2n * FUNDS)).to.deep.equal(VALID));
  it("never go below zero, though the winner's margin would allow it", () => {
    expect(attempt(2n * FUNDS + 1n)).to.deep.equal(MARGIN);
  });
});

describe("a backstop that leaves account 0 flat and in debt", () => {
  it("shows the debt as a deficit, which nobody is left to pay when it was the last position", () => {
    const crash = at(withThird, 4_800_000n);
    const ready = applyAll(crash, [
      () => ({ type: "backstop", account: 1 }),
      (now) => liquidate(now, { market: 0, account: 0, liquidator: 3, size: LOTS - 1n, limit: 4_800_000n }),
      (now) => trade(now, { market: 0, buyer: 2, seller: 3, size: LOTS - 1n, price: 4_800_000n }),
      (now) => withdraw(now, 2, 55_000_000_000n),
      (now) => withdraw(now, 2, 950_000_000n),
    ]);
    const high = at(ready, 2n ** 27n - 1n);
    const terms = marketTerms(high.state, high.oracle, parameters);
    expect(accountAt(high.state.tree, 0).sizes[0]).to.equal(1n);
    expect(accountAt(high.state.tree, 2).sizes[0]).to.equal(-1n);
    expect(health(accountAt(high.state.tree, 2), terms) < 0n).to.equal(true);
    const { world: end, outcome } = apply(high, { type: "backstop", account: 2 });
    expect(outcome).to.deep.equal(VALID);
    const { quote, sizes } = accountAt(end.state.tree, 0);
    expect(sizes).to.deep.equal([0n, 0n]);
    expect(deficitOf(end.state, terms)).to.equal(-quote);
    expect(quote < 0n).to.equal(true);
    expect(apply(end, { type: "shareLoss", market: 0 }).outcome).to.deep.equal({ valid: false, kind: "malformed" });
  });
});

describe("shared losses", () => {
  const losses = { lossLong: 700n, lossShort: -300n };
  const lossy: World = {
    ...emptyWorld,
    oracle: oracleWith({ fundingIndex: 50n }),
    state: { ...emptyWorld.state, markets: emptyWorld.state.markets.map((totals) => ({ ...totals, ...losses })) },
  };
  const open = applyAll(lossy, [
    () => deposit(1, FUNDS),
    () => deposit(2, FUNDS),
    (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: LOTS, price: MARK }),
  ]);
  const owed = ({ state, oracle }: World) => liabilitiesOf(state, fundingIndices(state, oracle));

  it("count for each side by its own index", () => {
    const [terms] = marketTerms(open.state, open.oracle, parameters).markets;
    expect([terms!.fundingLong, terms!.fundingShort]).to.deep.equal([750n, -250n]);
    expect(accountAt(open.state.tree, 1).quote).to.equal(FUNDS - LOTS * (MARK - 750n));
    expect(accountAt(open.state.tree, 2).quote).to.equal(FUNDS + LOTS * (MARK + 250n));
  });

  it("leave liabilities as they are when opposite positions meet on account 0", () => {
    const taken = applyAll(at(open, 4_800_000n), [() => ({ type: "backstop", account: 1 })]);
    const met = applyAll(at(taken, 9_000_000n), [() => ({ type: "backstop", account: 2 })]);
    expect(met.state.markets[0]!.openInterest).to.equal(0n);
    expect([owed(open), owed(taken), owed(met)]).to.deep.equal([2n * FUNDS, 2n * FUNDS, 2n * FUNDS]);
    expect(accountAt(met.state.tree, 0)).to.deep.include({ quote: 2n * FUNDS, sizes: [0n, 0n] });
  });
});

describe("values that would leave their range make an operation malformed", () => {
  const outcome = (world: World, size: bigint, price: bigint, fee: bigint) =>
    apply(world, trade(world, { market: 0, buyer: 3, seller: 2, size, price, fee })).outcome.kind;

  it("quote below -2^63", () => {
    const [size, price] = [2n ** 36n, 2n ** 27n - 1n];
    const fee = accountAt(withThird.state.tree, 3).quote + 2n ** 63n - size * price;
    expect([outcome(withThird, size, price, fee), outcome(withThird, size, price, fee + 1n)]).to.deep.equal([
      "price",
      "malformed",
    ]);
  });

  it("insurance from 2^63", () => {
    expect([outcome(withThird, 1n, MARK, 2n ** 62n - 1n), outcome(withThird, 1n, MARK, 2n ** 62n)]).to.deep.equal([
      "margin",
      "malformed",
    ]);
  });

  it("open interest from 2^44", () => {
    const markets = withThird.state.markets.with(0, { openInterest: 2n ** 44n - 100n, lossLong: 0n, lossShort: 0n });
    const full: World = { ...withThird, state: { ...withThird.state, markets } };
    expect([outcome(full, 99n, MARK, 0n), outcome(full, 100n, MARK, 0n)]).to.deep.equal(["margin", "malformed"]);
  });
});

describe("the edges of the integers", () => {
  it("hold every certificate of extreme accounts within its lanes", () => {
    const extreme = fc.constantFrom(-(2n ** 40n) + 1n, -1n, 0n, 1n, 2n ** 40n - 1n);
    const quote = fc.constantFrom(-(2n ** 63n), -1n, 0n, 1n, 2n ** 63n - 1n);
    const market = fc.record({
      mark: fc.constantFrom(1n, 2n ** 27n - 1n),
      fundingIndex: fc.constantFrom(-(2n ** 25n) + 1n, 0n, 2n ** 25n - 1n),
      maintenanceRate: fc.constantFrom(0n, 2n ** 19n - 1n),
      weight: fc.constantFrom(1n, 2n ** 28n - 1n),
    });
    const property = fc.property(extreme, extreme, quote, market, market, (first, second, cash, one, other) => {
      const terms = marketTerms(emptyWorld.state, oracleWith(one, other), parameters);
      const lanes = certificate({ quote: cash, sizes: [first, second] }, terms);
      [first, second].forEach((lots, index) => {
        const [long, short] = [lanes[2 * index]!, lanes[2 * index + 1]!];
        expect(long > 0n).to.equal(lots > 0n);
        expect(short > 0n).to.equal(lots < 0n);
        expect(long < 2n ** 29n && short < 2n ** 29n).to.equal(true);
        const { kappaLong, kappaShort } = terms.markets[index]!;
        expect(kappaLong > -(2n ** 28n) && kappaShort < 2n ** 28n).to.equal(true);
      });
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("start from an oracle whose rates are at their base", () => {
    expect(genesis.markets.map((market) => market.maintenanceRate)).to.deep.equal([31_457n, 31_457n]);
  });
});
