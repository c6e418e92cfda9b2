import { expect } from "chai";
import fc from "fast-check";
import { equity, health } from "../../verifier/model/margin.ts";
import { fundingIndices, liabilitiesOf } from "../../verifier/model/state.ts";
import { marketTerms } from "../../verifier/model/terms.ts";
import { parameters, profile } from "../helpers/model/instance.ts";
import {
  accountsIn,
  everyAccount,
  history,
  type Intent,
  startTwin,
  type Twin,
  tryIntent,
} from "../helpers/model/intents.ts";
import { worth, worthLessMargin } from "../helpers/model/ledger.ts";

describe("conservation", () => {
  it("agrees with a plain ledger of cash and positions, to the unit, after everything that anybody tries", function () {
    this.timeout(0);
    const valid = new Map<string, number>();
    const property = fc.property(history(20, 60), (intents: Intent[]) => {
      const end = intents.reduce((twin, given) => {
        const next = tryIntent(twin, given);
        checkTwin(next);
        return next;
      }, startTwin());
      for (const type of end.valid.slice(5)) valid.set(type, (valid.get(type) ?? 0) + 1);
    });
    fc.assert(property, { numRuns: 60, seed: 20251010 });
    for (const [type, least] of Object.entries({
      deposit: 20,
      withdraw: 20,
      trade: 100,
      liquidate: 20,
      backstop: 3,
      recertify: 10,
    })) {
      expect(valid.get(type) ?? 0, `valid operations of type ${type}`).to.be.at.least(least);
    }
  });
});

/** Account 1 goes bankrupt in market 0, and account 0 takes it over: a loss of some 10^10 that nobody has paid. */
const RUIN: readonly Intent[] = [
  { do: "trade", market: 0, buyer: 1, seller: 2, notional: 19n * 10n ** 10n, skewBps: 0, fee: 0n },
  { do: "move", market: 0, bps: -1_600, lagBps: 0, funding: 0n },
  { do: "backstop", account: 1, other: 0 },
];

describe("conservation with shared losses", () => {
  it("agrees with the ledger too when the insurance account owes and its loss is shared", function () {
    this.timeout(0);
    let shared = 0;
    const property = fc.property(history(10, 25), (intents) => {
      const end = [...RUIN, ...intents].reduce((twin, given) => {
        const next = tryIntent(twin, given);
        checkTwin(next);
        return next;
      }, startTwin());
      shared += end.valid.filter((type) => type === "shareLoss").length;
    });
    fc.assert(property, { numRuns: 20, seed: 20251010 });
    expect(shared, "losses shared").to.be.at.least(10);
  });

  it("moves liabilities by deposits and withdrawals only, whatever the loss indices are", () => {
    const loss = fc.bigInt(-100_000n, 100_000n);
    const property = fc.property(
      history(20, 40),
      fc.array(fc.tuple(loss, loss), { minLength: 2, maxLength: 2 }),
      (intents, losses) => {
        const start = startTwin();
        const markets = losses.map(([lossLong, lossShort]) => ({ openInterest: 0n, lossLong, lossShort }));
        const shared = { ...start, world: { ...start.world, state: { ...start.world.state, markets } } };
        const { world, net } = intents.reduce(tryIntent, shared);
        expect(liabilitiesOf(world.state, fundingIndices(world.state, world.oracle))).to.equal(net);
      },
    );
    fc.assert(property, { numRuns: 15 });
  });
});

function checkTwin({ world, ledger, net }: Twin): void {
  const { state, oracle } = world;
  const accounts = accountsIn(world);
  const prices = oracle.markets.map((market) => market.mark);
  const terms = marketTerms(state, oracle, parameters);
  const { maintenanceRate } = oracle.markets[0]!; // the same in both markets here
  for (const index of everyAccount) {
    expect(equity(accounts[index]!, terms), `equity of ${index}`).to.equal(worth(ledger, index, prices));
    const afterMargin = worthLessMargin(ledger, index, prices, maintenanceRate, 2n ** 20n);
    expect(health(accounts[index]!, terms), `health of ${index}`).to.equal(afterMargin);
  }
  for (let market = 0; market < profile.markets; market++) {
    const sizes = accounts.map((account) => account.sizes[market]!);
    expect(sum(sizes), `sizes of market ${market}`).to.equal(0n);
    expect(state.markets[market]!.openInterest).to.equal(sum(sizes.filter((size) => size > 0n)));
  }
  expect(state.sumQuote).to.equal(sum(accounts.map((account) => account.quote)));
  expect(state.insurance).to.equal(ledger.cash.get(-1) ?? 0n);
  expect(liabilitiesOf(state, fundingIndices(state, oracle)), "liabilities").to.equal(net);
  expect(sum([...ledger.cash.values()]), "cash in the ledger").to.equal(net);
  for (const account of accounts.slice(1)) {
    if (account.sizes.every((size) => size === 0n))
      expect(account.quote >= 0n, "flat accounts owe nothing").to.equal(true);
  }
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
