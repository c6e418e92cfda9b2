import { expect } from "chai";
import fc from "fast-check";
import { applyBatch, deficitOf } from "../../verifier/model/batch.ts";
import { equity } from "../../verifier/model/margin.ts";
import { encodeOperation, type Operation } from "../../verifier/model/operation.ts";
import { encodeFields, operationFields } from "../../verifier/model/operationWords.ts";
import type { FailureKind } from "../../verifier/model/outcome.ts";
import { fundingIndices, liabilitiesOf, stateRoot } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { accountAt } from "../../verifier/model/tree.ts";
import { MARK, worldOf } from "../helpers/batchSetting.ts";
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
import { batchContext, GENESIS_TIME, hasher, oracleWith, parameters } from "../helpers/model/instance.ts";

const FUNDS = 2n * 10n ** 10n;
const FALLEN = 4_800_000n;
const RISEN = 7_200_000n;

/** 1 is long 30,000 lots of market 0; 2 and 3 are short 20,000 and 10,000; 4 is rich. */
const world = applyAll(emptyWorld, [
  () => deposit(1, FUNDS),
  () => deposit(2, 2n * FUNDS),
  () => deposit(3, FUNDS),
  () => deposit(4, 50n * FUNDS),
  (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: 20_000n, price: MARK }),
  (now) => trade(now, { market: 0, buyer: 1, seller: 3, size: 10_000n, price: MARK }),
]);
const pricedAt = (from: World, mark: bigint, change = {}): World => ({
  ...from,
  oracle: oracleWith({ mark, median: mark, ...change }),
});
/** At 20 % below, account 1 lost 3.6 * 10^10 and is on account 0, 1.6 * 10^10 short. */
const absorbed = applyAll(pricedAt(world, FALLEN), [() => ({ type: "backstop", account: 1 })]);
const shareIn = (market: number): Operation => ({ type: "shareLoss", market });
const wordsWith = (change: object) =>
  encodeFields({ ...operationFields(encodeOperation({ type: "shareLoss", market: 0 })), ...change });

const termsOf = ({ state, oracle }: World) => marketTerms(state, oracle, parameters);
const equityOf = (given: World, index: number) => equity(accountAt(given.state.tree, index), termsOf(given));
const owedBy = ({ state, oracle }: World) => liabilitiesOf(state, fundingIndices(state, oracle));
const lossesOf = ({ state }: World) => state.markets.map(({ lossLong, lossShort }) => [lossLong, lossShort]);
const shared = (given: World, market = 0): World => {
  const { world: after, outcome } = apply(given, shareIn(market));
  expect(outcome).to.deep.equal({ valid: true });
  return after;
};

describe("sharing a loss", () => {
  describe("when it breaks a rule", () => {
    const cases: readonly (readonly [string, FailureKind, World, Operation | readonly bigint[]])[] = [
      ["in a market that does not exist", "malformed", absorbed, shareIn(2)],
      ["in a market that nobody is in", "malformed", absorbed, shareIn(1)],
      ["with an account A", "malformed", absorbed, wordsWith({ accountA: 2 })],
      ["with an account B", "malformed", absorbed, wordsWith({ accountB: 2 })],
      ["while the price is stale", "price", absorbed, wordsWith({ loggedAt: GENESIS_TIME + 121n })],
      [
        "while the breaker is set",
        "price",
        pricedAt(absorbed, FALLEN, { breakerUntil: GENESIS_TIME + 1n }),
        shareIn(0),
      ],
      ["before account 0 took anything over", "margin", pricedAt(world, FALLEN), shareIn(0)],
      ["without a deficit", "margin", pricedAt(absorbed, MARK), shareIn(0)],
    ];
    for (const [title, kind, from, operation] of cases) {
      it(`is ${kind} ${title}, and changes nothing`, () => {
        const { world: after, outcome } = apply(from, operation);
        expect(outcome).to.deep.equal({ valid: false, kind });
        expect(stateRoot(hasher, after.state)).to.equal(stateRoot(hasher, from.state));
      });
    }
  });

  describe("when account 0 is long", () => {
    const perLot = 533_334n; // 1.6 * 10^10 / 30,000 = 533,333.3
    const after = shared(absorbed);

    it("charges every short the same whole ticks a lot, and nobody else", () => {
      expect(lossesOf(after)).to.deep.equal([
        [0n, -perLot],
        [0n, 0n],
      ]);
      expect([1, 2, 3, 4].map((index) => equityOf(absorbed, index) - equityOf(after, index))).to.deep.equal([
        0n,
        20_000n * perLot,
        10_000n * perLot,
        0n,
      ]);
    });

    it("leaves account 0 with less than a tick a lot, and no deficit", () => {
      expect(deficitOf(absorbed.state, termsOf(absorbed))).to.equal(16n * 10n ** 9n);
      expect(equityOf(after, 0)).to.equal(30_000n * perLot - 16n * 10n ** 9n);
      expect(equityOf(after, 0)).to.equal(20_000n);
      expect(deficitOf(after.state, termsOf(after))).to.equal(0n);
    });

    it("leaves liabilities as they are, to the unit", () => expect(owedBy(after)).to.equal(owedBy(absorbed)));

    it("happens once: a second one finds no deficit", () =>
      expect(apply(after, shareIn(0)).outcome).to.deep.equal({ valid: false, kind: "margin" }));

    it("spends the insurance first", () => {
      const paying = applyAll(pricedAt(absorbed, FALLEN), [
        (now) => trade(now, { market: 0, buyer: 4, seller: 2, size: 1n, price: FALLEN, fee: 10n ** 9n }),
      ]);
      const insurance = 2n * 10n ** 9n;
      expect(paying.state.insurance).to.equal(insurance);
      const next = shared(paying);
      expect(next.state.insurance).to.equal(0n);
      expect(next.state.markets[0]!.lossShort).to.equal(-466_652n); // ceil(1.4 * 10^10 / 30,001)
      expect(owedBy(next)).to.equal(owedBy(paying));
    });

    it("lets a liquidator empty account 0 at the mark afterwards, not before", () => {
      const all = (now: World) =>
        liquidate(now, { market: 0, account: 0, liquidator: 4, size: 30_000n, limit: FALLEN });
      expect(apply(absorbed, all(absorbed)).outcome).to.deep.equal({ valid: false, kind: "margin" });
      const { world: emptied, outcome } = apply(after, all(after));
      expect(outcome.valid).to.equal(true);
      expect(accountAt(emptied.state.tree, 0)).to.deep.include({ quote: 20_000n, sizes: [0n, 0n] });
    });

    it("is what later operations of the same batch are judged by", () => {
      const closing = trade(absorbed, { market: 0, buyer: 2, seller: 3, size: 1n, price: FALLEN });
      const together = applyBatch(
        absorbed.state,
        absorbed.oracle,
        [encodeOperation(shareIn(0)), encodeOperation(closing)],
        batchContext,
      );
      const apart = apply(after, closing);
      expect(together.outcomes[1]).to.deep.equal(apart.outcome);
      expect(stateRoot(hasher, together.next)).to.equal(stateRoot(hasher, apart.world.state));
      const [, { legA }] = together.steps as [unknown, (typeof together.steps)[number]];
      expect(legA.after.quote - legA.account.quote).to.equal(-FALLEN - perLot); // a short that closes pays what it was charged
    });

    it("is what a withdrawal of the same batch is judged by", () => {
      const leaving = withdraw(absorbed, 3, 26n * 10n ** 9n); // of 3.2 * 10^10, which the charge makes 2.7
      const before = apply(absorbed, leaving).outcome;
      const { outcomes } = applyBatch(
        absorbed.state,
        absorbed.oracle,
        [encodeOperation(shareIn(0)), encodeOperation(leaving)],
        batchContext,
      );
      expect([before.kind, outcomes[1]!.kind]).to.deep.equal([undefined, "margin"]);
    });
  });

  describe("when account 0 is short", () => {
    it("charges every long", () => {
      const bull = applyAll(emptyWorld, [
        () => deposit(1, 3n * FUNDS),
        () => deposit(2, FUNDS),
        (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: 30_000n, price: MARK }),
      ]);
      const given = applyAll(pricedAt(bull, RISEN), [() => ({ type: "backstop", account: 2 })]);
      const after = shared(given);
      expect(lossesOf(after)[0]).to.deep.equal([533_334n, 0n]);
      expect(equityOf(given, 1) - equityOf(after, 1)).to.equal(30_000n * 533_334n);
      expect(equityOf(after, 0)).to.equal(20_000n);
      expect(owedBy(after)).to.equal(owedBy(given));
    });
  });

  describe("when account 0 is empty and owes", () => {
    /** 1 bought from 4 at 6,000,000 and went bankrupt, 2 sold as much to 4 at 4,200,000 and did too; 3 and 4 hold the rest. */
    const opened = applyAll(emptyWorld, [
      () => deposit(1, FUNDS),
      () => deposit(2, FUNDS + 1n),
      () => deposit(3, 50n * FUNDS),
      () => deposit(4, 50n * FUNDS),
      (now) => trade(now, { market: 0, buyer: 1, seller: 4, size: 30_000n, price: MARK }),
      (now) => trade(now, { market: 0, buyer: 3, seller: 4, size: 5_000n, price: MARK }),
    ]);
    const low = applyAll(pricedAt(opened, 4_200_000n), [
      () => ({ type: "backstop", account: 1 }),
      (now) => trade(now, { market: 0, buyer: 4, seller: 2, size: 30_000n, price: 4_200_000n }),
    ]);
    const merged = applyAll(pricedAt(low, MARK), [() => ({ type: "backstop", account: 2 })]);
    const debt = 14n * 10n ** 9n - 1n; // 30,000 * 1,800,000 less what 1 and 2 had

    it("came about by the backstop of an opposite position, and shows as a deficit", () => {
      expect(accountAt(merged.state.tree, 0)).to.deep.include({ quote: -debt, sizes: [0n, 0n] });
      expect(deficitOf(merged.state, termsOf(merged))).to.equal(debt);
    });

    it("charges both sides of the market that most is at stake in, half each", () => {
      expect(apply(merged, shareIn(1)).outcome).to.deep.equal({ valid: false, kind: "malformed" });
      const after = shared(merged);
      expect(lossesOf(after)[0]).to.deep.equal([1_400_000n, -1_400_000n]);
      expect([3, 4].map((index) => equityOf(merged, index) - equityOf(after, index))).to.deep.equal([
        7n * 10n ** 9n,
        7n * 10n ** 9n,
      ]);
      expect(accountAt(after.state.tree, 0).quote).to.equal(1n);
      expect(owedBy(after)).to.equal(owedBy(merged));
    });

    it("is malformed when nobody is left to charge", () => {
      const alone = applyAll(merged, [
        (now) => trade(now, { market: 0, buyer: 4, seller: 3, size: 5_000n, price: MARK }),
      ]);
      expect(apply(alone, shareIn(0)).outcome).to.deep.equal({ valid: false, kind: "malformed" });
    });
  });

  it("conserves to the unit, charges the least whole ticks, and leaves less than a tick a lot", () => {
    const side = fc.constantFrom(-1n, 0n, 1n);
    const property = fc.property(
      fc.bigInt(1n, 10n ** 14n),
      side,
      fc.bigInt(1n, 2n ** 30n),
      fc.bigInt(1n, 2n ** 44n - 1n),
      fc.bigInt(0n, 10n ** 12n),
      fc.bigInt(-(2n ** 20n), 2n ** 20n),
      (missing, sign, lots, openInterest, insurance, loss) => {
        const size = sign * lots;
        const state = {
          insurance,
          markets: [
            { openInterest, lossLong: loss, lossShort: -loss },
            { openInterest: 0n, lossLong: 0n, lossShort: 0n },
          ],
          sumQuote: 2n ** 60n - insurance + 2n * loss * openInterest,
        };
        const quote = -missing - insurance - size * (MARK - sign * loss);
        const given = worldOf({ accounts: { 0: { quote, sizes: [size, 0n] } }, state });
        const { world: after, outcome } = apply(given, shareIn(0));
        const charged = openInterest * (sign === 0n ? 2n : 1n);
        const perLot = (missing + charged - 1n) / charged;
        if (perLot > 2n ** 24n) return;
        expect(outcome).to.deep.equal({ valid: true });
        expect(owedBy(after)).to.equal(2n ** 60n);
        expect(equityOf(after, 0)).to.equal(perLot * charged - missing);
        expect(equityOf(after, 0) < charged).to.equal(true);
        const [[long, short] = []] = lossesOf(after);
        expect([long! - loss, short! + loss]).to.deep.equal([sign > 0n ? 0n : perLot, sign < 0n ? 0n : -perLot]);
      },
    );
    fc.assert(property, { numRuns: 60 });
  });
});
