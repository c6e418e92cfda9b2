import { expect } from "chai";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import { encodeFields, operationFields } from "../../../verifier/model/operationWords.ts";
import type { FailureKind } from "../../../verifier/model/outcome.ts";
import { batchCircuit } from "../../helpers/batchCircuit.ts";
import { LOTS, MARK, type Setting, worldOf } from "../../helpers/batchSetting.ts";
import type { TestCircuit } from "../../helpers/circuit.ts";
import { trade, type World } from "../../helpers/model/engine.ts";
import { batchContext, GENESIS_TIME, genesis, PRICES } from "../../helpers/model/instance.ts";
import { profile } from "../../helpers/randomSituation.ts";

const OPEN_INTEREST = 1n << 30n;
const INDEX = 1n << 25n;
const OTHER_MARK = PRICES[1];

type Make = (world: World) => readonly bigint[];
const share =
  (market = 0, change: object = {}): Make =>
  () =>
    encodeFields({ ...operationFields(encodeOperation({ type: "shareLoss", market })), ...change });

/** Account 0 long `LOTS` of market 0 (or with other sizes), its equity and the insurance short of `missing`. */
const owing = (missing: bigint, sizes = [LOTS, 0n], more: Setting = {}): Setting => ({
  ...more,
  accounts: { 0: { quote: -missing - sizes[0]! * MARK - sizes[1]! * OTHER_MARK, sizes } },
});
const losses = (lossLong: bigint, lossShort: bigint): Setting => ({
  state: {
    markets: [
      { openInterest: OPEN_INTEREST, lossLong, lossShort },
      { openInterest: OPEN_INTEREST, lossLong: 0n, lossShort: 0n },
    ],
    sumQuote: (1n << 60n) + (lossLong - lossShort) * OPEN_INTEREST,
  },
});
const at = (world: World, change: object): World => ({
  ...world,
  oracle: { ...world.oracle, markets: world.oracle.markets.map((market) => ({ ...market, ...change })) },
});

/** 1,024 lots in market 0 and none in the other. */
function few(lossShort: bigint): Setting {
  const openInterest = 1024n;
  return {
    state: {
      markets: [
        { openInterest, lossLong: 0n, lossShort },
        { openInterest: 0n, lossLong: 0n, lossShort: 0n },
      ],
      sumQuote: (1n << 60n) - lossShort * openInterest,
    },
  };
}

type Row = readonly [title: string, outcome: "valid" | FailureKind, setting: Setting, make?: Make, market?: object];
const CASES: readonly Row[] = [
  ["a deficit of one unit", "valid", owing(1n)],
  ["no deficit", "margin", owing(0n)],
  ["a surplus", "margin", owing(-1n)],
  ["a deficit that insurance covers", "margin", owing(5n, [LOTS, 0n], { state: { insurance: 5n } })],
  ["a deficit one above insurance", "valid", owing(6n, [LOTS, 0n], { state: { insurance: 5n } })],
  ["a deficit of whole ticks", "valid", owing(7n * OPEN_INTEREST)],
  ["a deficit of one more unit", "valid", owing(7n * OPEN_INTEREST + 1n)],
  ["the deficit of a short", "valid", owing(7n * OPEN_INTEREST, [-LOTS, 0n])],
  ["the deficit of an empty account, over both sides", "valid", owing(7n * OPEN_INTEREST, [0n, 0n])],
  ["it in the market with the lesser open interest", "margin", owing(7n, [0n, 0n]), share(1)],
  ["it in the lesser market", "margin", owing(7n, [LOTS, LOTS]), share(1)],
  ["it in either market of the same exposure", "valid", owing(7n, [OTHER_MARK, -MARK]), share(1)],
  ["it in a market where it has no position", "malformed", owing(7n), share(1)],
  ["it in a market that nobody is in", "malformed", owing(7n, [LOTS, 0n], { openInterest: 0n })],
  ["it in a market that does not exist", "malformed", owing(7n), share(2)],
  ["it with another account", "malformed", owing(7n), share(0, { accountA: 1 })],
  ["it with another account beside it", "malformed", owing(7n), share(0, { accountB: 1 })],
  ["it with an account outside of the tree", "malformed", owing(7n), share(0, { accountB: 8 })],
  [
    "it with all other fields set",
    "valid",
    owing(7n),
    share(0, { nonceA: 1n, size: 2n, price: 3n, amount: 4n, expiry: 5n }),
  ],
  ["it restricted", "valid", owing(7n), share(0, { restricted: true })],
  ["it in a stale market", "price", owing(7n), share(0, { loggedAt: GENESIS_TIME + 121n })],
  ["it in a market with a breaker", "price", owing(7n), share(), { breakerUntil: GENESIS_TIME + 1n }],
  ["it when the breaker has ended", "valid", owing(7n), share(), { breakerUntil: GENESIS_TIME }],
  ["the last tick of a short's index", "valid", owing(OPEN_INTEREST, [LOTS, 0n], losses(0n, 1n - INDEX))],
  ["one tick beyond it", "malformed", owing(OPEN_INTEREST, [LOTS, 0n], losses(0n, -INDEX))],
  ["the last tick of a long's index", "valid", owing(OPEN_INTEREST, [-LOTS, 0n], losses(INDEX - 2n, 0n))],
  ["one tick beyond that", "malformed", owing(OPEN_INTEREST, [-LOTS, 0n], losses(INDEX - 1n, 0n))],
  ["a rise through the whole range", "valid", owing((2n * INDEX - 1n) * 1024n, [LOTS, 0n], few(INDEX - 1n))],
  ["a rise of one tick more", "malformed", owing((2n * INDEX - 1n) * 1024n + 1n, [LOTS, 0n], few(INDEX - 1n))],
  ["a rise beyond any index", "malformed", owing(1n << 62n, [LOTS, 0n], few(0n))],
];

describe("ShareLoss", () => {
  const context = { ...batchContext, profile };
  let circuit: TestCircuit;

  before(async () => {
    circuit = await batchCircuit(profile);
  });

  for (const [title, outcome, setting, make = share(), market = {}] of CASES) {
    it(`finds ${title} ${outcome}`, async () => {
      const world = at(worldOf(setting), market);
      const result = applyBatch(world.state, world.oracle, [make(world)], context);
      expect(result.outcomes[0]!.kind ?? "valid").to.equal(outcome);
      await circuit.expectPass(batchInputs(world.state, world.oracle, context, result));
    });
  }

  it("cannot bring an index back that was out of its range before", async () => {
    for (const [lossShort, isProvable] of [
      [INDEX - 1n, true],
      [INDEX, false],
    ] as const) {
      const { state, oracle } = worldOf(owing(OPEN_INTEREST, [LOTS, 0n], losses(0n, lossShort)));
      const result = applyBatch(state, oracle, [encodeOperation({ type: "shareLoss", market: 0 })], context);
      expect(result.outcomes).to.deep.equal([{ valid: true }]);
      const inputs = batchInputs(state, oracle, context, result);
      await (isProvable ? circuit.expectPass(inputs) : circuit.expectFail(inputs));
    }
  });

  describe("when it is followed by another operation", () => {
    const world = worldOf(owing(7n * OPEN_INTEREST));
    const closing: Operation = trade(world, { market: 0, buyer: 2, seller: 1, size: 100n, price: MARK });
    const words = [...[share()(world)], encodeOperation(closing)];
    const result = applyBatch(world.state, genesis, words, context);

    it("is judged at the new indices", async () => {
      expect(result.outcomes).to.deep.equal([{ valid: true }, { valid: true }]);
      expect(result.signals.lossWord).to.equal(INDEX + ((INDEX - 7n) << 26n) + (INDEX << 52n) + (INDEX << 78n));
      const [{ legA: buyer, legB: seller }] = [result.steps[1]!];
      expect(buyer.after.quote - buyer.account.quote).to.equal(-100n * (MARK + 7n));
      expect(seller.after.quote - seller.account.quote).to.equal(100n * MARK);
      await circuit.expectPass(batchInputs(world.state, genesis, context, result));
    });

    for (const [title, change] of [
      ["the indices before it", { lossWord: INDEX * (1n + (1n << 26n) + (1n << 52n) + (1n << 78n)) }],
      ["an index of the other side", { lossWord: result.signals.lossWord + 1n }],
      ["an index one tick less moved", { lossWord: result.signals.lossWord + (1n << 26n) }],
      ["an index of another market", { lossWord: result.signals.lossWord - (1n << 78n) }],
      ["other totals", { totalsWord: result.signals.totalsWord + 1n }],
    ] as const) {
      it(`is no proof of ${title}`, async () => {
        const inputs = batchInputs(world.state, genesis, context, result);
        await circuit.expectPass(inputs);
        await circuit.expectFail({ ...inputs, ...change });
      });
    }
  });
});
