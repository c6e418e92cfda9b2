import { expect } from "chai";
import fc from "fast-check";
import { applyBatch, lossWordOf, orderBatchSignals, outcomeWordOf } from "../../verifier/model/batch.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { encodeOperation } from "../../verifier/model/operation.ts";
import { oracleRoot } from "../../verifier/model/oracle.ts";
import { FAILURE_KINDS } from "../../verifier/model/outcome.ts";
import { stateRoot } from "../../verifier/model/state.ts";
import { accountAt, rootOfOpening } from "../../verifier/model/tree.ts";
import { challengeOf, evaluateWords, hashWords } from "../../verifier/model/words.ts";
import { applyAll, deposit, emptyWorld, trade, withdraw } from "../helpers/model/engine.ts";
import { batchContext, DOMAIN, hasher, oracleWith, PRICES, parameters, profile } from "../helpers/model/instance.ts";
import { history, startTwin, tryIntent } from "../helpers/model/intents.ts";

const FUNDS = 10n ** 11n;
const world = applyAll(emptyWorld, [
  () => deposit(1, FUNDS),
  () => deposit(2, FUNDS),
  (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: 1_000n, price: PRICES[0] }),
]);
const run = (operations: readonly (readonly bigint[])[]) =>
  applyBatch(world.state, world.oracle, operations, batchContext);
const good = encodeOperation(deposit(3, 7n));
const bad = encodeOperation(deposit(3, 0n));

/** Words as an adversary might log them: random, or good ones with a word or a bit changed. */
const adversarial: fc.Arbitrary<readonly bigint[]> = fc.oneof(
  fc.array(fc.bigInt(0n, 2n ** 256n - 1n), { minLength: 9, maxLength: 9 }),
  fc
    .tuple(
      fc.bigInt(0n, 2n ** 192n - 1n),
      fc.bigInt(0n, 2n ** 130n - 1n),
      fc.array(fc.bigInt(0n, FIELD - 1n), { minLength: 7, maxLength: 7 }),
    )
    .map(([w0, w1, rest]) => [w0, w1, ...rest]),
  fc
    .tuple(
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 9 }),
      fc.bigInt(0n, 2n ** 130n - 1n),
    )
    .map(([type, market, a, b, w1]) => {
      const w0 = BigInt(type) | (BigInt(market) << 4n) | (BigInt(a) << 8n) | (BigInt(b) << 40n) | (1n << 191n);
      return [w0, w1, 0n, 0n, 1n, 0n, 0n, FIELD - 1n, 0n];
    }),
  fc
    .tuple(
      fc.constantFrom(
        encodeOperation(trade(world, { market: 0, buyer: 2, seller: 1, size: 10n, price: PRICES[0] })),
        encodeOperation(withdraw(world, 1, 5n)),
        good,
      ),
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 253 }),
    )
    .map(([words, at, bit]) => words.with(at, words[at]! ^ (1n << BigInt(bit)))),
);

describe("a batch", () => {
  it("has an outcome for any words whatever, and invalid ones change nothing", function () {
    this.timeout(0);
    const property = fc.property(adversarial, (words) => {
      const { outcomes, next, signals } = run([words]);
      const [outcome] = outcomes;
      if (outcome!.valid) return;
      expect(FAILURE_KINDS).to.include(outcome!.kind);
      expect(next).to.equal(world.state);
      expect(signals.newStateRoot).to.equal(signals.oldStateRoot);
    });
    fc.assert(property, { numRuns: 400 });
  });

  it("gives the same result each time, and the same root in one batch as in several", () => {
    const property = fc.property(fc.array(adversarial, { maxLength: profile.operations }), (list) => {
      const once = run(list);
      expect(run(list).publicSignals).to.deep.equal(once.publicSignals);
      const oneByOne = list.reduce(
        (state, words) => applyBatch(state, world.oracle, [words], batchContext).next,
        world.state,
      );
      expect(stateRoot(hasher, oneByOne)).to.equal(once.signals.newStateRoot);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("proves its steps: every leg opens to the root before it, and the last tree opens account 0", () => {
    const operations = [
      good,
      encodeOperation(trade(world, { market: 0, buyer: 2, seller: 1, size: 10n, price: PRICES[0] })),
      bad,
    ];
    const { steps, closing, next } = run(operations);
    expect(steps.length).to.equal(profile.operations);
    let root = world.state.tree.root.hash;
    for (const { legA, legB } of steps) {
      for (const leg of [legA, legB]) {
        expect(rootOfOpening(hasher, leg).hash).to.equal(root);
        const { account, after } = leg;
        expect(leg.applied || after === account).to.equal(true);
        root = rootOfOpening(hasher, { ...leg, account: after }).hash;
      }
    }
    expect(root).to.equal(next.tree.root.hash);
    expect(rootOfOpening(hasher, closing).hash).to.equal(root);
    expect(closing.account).to.equal(accountAt(next.tree, 0));
  });

  it("opens leg B in the tree after leg A even when both are one account", () => {
    const [step] = run([encodeOperation({ type: "recertify", account: 1, other: 1 })]).steps;
    expect([step!.legA.applied, step!.legB.applied]).to.deep.equal([true, false]);
    expect(step!.legB.account).to.equal(step!.legA.after);
  });

  it("has signals in the order of the circuit, made of what they say", () => {
    const { signals, publicSignals, next } = run([good, bad]);
    const padded = [...good, ...bad, ...new Array<bigint>(18).fill(0n)];
    const dataCommitment = hashWords(hasher, padded);
    const challenge = challengeOf(padded, dataCommitment);
    expect(publicSignals).to.deep.equal([
      stateRoot(hasher, world.state),
      stateRoot(hasher, next),
      oracleRoot(hasher, world.oracle, parameters),
      DOMAIN,
      dataCommitment,
      challenge,
      evaluateWords(padded, challenge),
      0b1101n + 2n ** 40n,
      next.tree.root.box,
      2n * FUNDS + 7n,
      lossWordOf(next),
    ]);
    expect(orderBatchSignals(signals)).to.deep.equal(publicSignals);
  });

  it("counts failures by kind beside the mask of the valid", () => {
    const kinds = ["unauthorised", "margin", "margin", "price", "malformed"] as const;
    const outcomes = [{ valid: true } as const, ...kinds.map((kind) => ({ valid: false, kind }) as const)];
    expect(outcomeWordOf(outcomes)).to.equal(1n + (1n << 16n) + (2n << 24n) + (1n << 32n) + (1n << 40n) + (2n << 48n));
  });

  it("names the deficit of the insurance account beyond the insurance scalar", () => {
    const crash = { ...world, oracle: oracleWith({ mark: 10n, median: 10n }) };
    const poor = applyAll(emptyWorld, [
      () => deposit(1, 10n ** 9n),
      () => deposit(2, 10n ** 12n),
      (now) => trade(now, { market: 0, buyer: 1, seller: 2, size: 1_000n, price: PRICES[0] }),
    ]);
    const { signals } = applyBatch(
      poor.state,
      crash.oracle,
      [encodeOperation({ type: "backstop", account: 1 })],
      batchContext,
    );
    const deficit = 1_000n * (PRICES[0] - 10n) - 10n ** 9n;
    expect(signals.totalsWord).to.equal(10n ** 9n + 10n ** 12n + (deficit << 126n));
  });

  it("takes at most as many operations as the profile has slots", () => {
    expect(() => run(new Array(5).fill(good)))
      .to.throw()
      .with.property("code", "BATCH_SIZE");
  });

  it("leaves the old state as a version to go back to", () => {
    const property = fc.property(history(3, 10), (intents) => {
      const start = startTwin();
      const root = stateRoot(hasher, start.world.state);
      intents.reduce(tryIntent, start);
      expect(stateRoot(hasher, start.world.state)).to.equal(root);
    });
    fc.assert(property, { numRuns: 5 });
  });
});
