import { expect } from "chai";
import { ENGINE } from "../../../prover/chain/events.ts";
import { accountsAtRisk } from "../../../prover/keeper/atRisk.ts";
import { type Duty, nextDuty } from "../../../prover/keeper/duty.ts";
import { postedSince } from "../../../prover/keeper/posted.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation } from "../../../verifier/model/operation.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { batchContext, PRICES, parameters } from "../../helpers/model/instance.ts";
import { constants, ledgerOf, loggedDuty as logged, priced, stateOf, viewOf } from "./support.ts";

const [CRASHED, SAME] = [5_500_000n, PRICES[1]];
const calm = priced(PRICES);
const crashed = priced([CRASHED, SAME]);
const HOLDINGS = [
  { index: 1, quote: 10n ** 12n, sizes: [-9n, 0n] },
  { index: 2, quote: -5_700_000n, sizes: [1n, 0n] }, // bankrupt by the crash
  { index: 3, quote: -5_700_000n * 4n, sizes: [4n, 0n] }, // by four times as much
  { index: 5, quote: -5_000_000n * 4n, sizes: [4n, 0n] },
] as const;

describe("nextDuty", () => {
  const state = stateOf(HOLDINGS, calm);

  it("is nothing while everyone is within their bounds", () => {
    expect(nextDuty(ledgerOf([], calm), viewOf(state, calm), constants)).to.equal(null);
  });

  it("is the Backstop of whoever owes most, then of the next, until the log holds what is needed", () => {
    const log: (readonly bigint[])[] = [];
    const duties: Duty[] = [];
    for (;;) {
      const duty = nextDuty(ledgerOf(log, crashed), viewOf(state, crashed, log.length), constants);
      if (duty === null) break;
      duties.push(duty);
      log.push(logged(duty));
    }
    expect(duties.map(({ type, accounts }) => [type, ...accounts])).to.deep.equal([
      ["backstop", 3],
      ["backstop", 2],
    ]);
    expect(duties[0]?.data).to.equal(ENGINE.encodeFunctionData("backstop", [3]));
    const { outcomes, next } = applyBatch(state, crashed, log, batchContext);
    expect(outcomes.map(({ valid }) => valid)).to.deep.equal([true, true]);
    const left = [...accountsAtRisk(next.tree, marketTerms(next, crashed, parameters))];
    expect(left.map(({ index }) => index)).to.deep.equal([0]); // the insurance account, which owes what they did
  });

  it("is nothing more once somebody else has posted it", () => {
    const log = [3, 2].map((account) => encodeOperation({ type: "backstop", account, sender: 77n }));
    expect(nextDuty(ledgerOf(log, crashed), viewOf(state, crashed, 2), constants)).to.equal(null);
  });

  it("is a new certificate for whoever is healthy beyond their bounds, two at once", () => {
    const both = [1n, 100n];
    const spread = stateOf(
      [
        { index: 1, quote: 10n ** 12n, sizes: [-3n, -300n] },
        ...[2, 4, 6].map((index) => ({ index, quote: -5_700_000n - 24_000_000n, sizes: both })),
      ],
      calm,
    );
    const split = priced([CRASHED, (SAME * 11n) / 10n]); // what one market takes the other gives
    const terms = marketTerms(spread, split, parameters);
    expect([...accountsAtRisk(spread.tree, terms)].map(({ index, health }) => [index, health >= 0n])).to.deep.equal([
      [2, true],
      [4, true],
      [6, true],
    ]);
    const first = nextDuty(ledgerOf([], split), viewOf(spread, split), constants);
    expect(first).to.deep.include({ type: "recertify", accounts: [2, 4] });
    const log = [logged(first!)];
    const second = nextDuty(ledgerOf(log, split), viewOf(spread, split, 1), constants);
    expect(second).to.deep.equal({
      type: "recertify",
      accounts: [6],
      data: ENGINE.encodeFunctionData("recertify", [6, 6]),
    });
    log.push(logged(second!));
    expect(nextDuty(ledgerOf(log, split), viewOf(spread, split, 2), constants)).to.equal(null);
  });

  it("never names the insurance account when that owes", () => {
    const owing = stateOf([HOLDINGS[0], { index: 0, quote: -5_700_000n, sizes: [1n, 0n] }], calm);
    expect(nextDuty(ledgerOf([], crashed), viewOf(owing, crashed), constants)).to.equal(null);
  });
});

describe("postedSince", () => {
  it("counts an account's Backstops and Recertifies after a time, over any length of log", () => {
    const duty: Duty = { type: "backstop", accounts: [1], data: "" };
    const log = Array.from({ length: 200 }, (_, at) => logged(duty, at % 2 === 0 ? 5n : 6n, BigInt(at)));
    log[190] = encodeOperation({ type: "shareLoss", market: 0, sender: 5n, loggedAt: 190n });
    log[192] = encodeOperation({ type: "recertify", account: 1, sender: 5n, loggedAt: 192n });
    const ledger = ledgerOf(log, calm);
    expect(postedSince(ledger, 200, "0x05", 29n)).to.equal(84); // 30, 32, ..., 198, without 190
    expect(postedSince(ledger, 200, "0x05", -1n)).to.equal(99);
    expect(postedSince(ledger, 200, "0x05", 199n)).to.equal(0);
    expect(postedSince(ledgerOf([], calm), 0, "0x05", 0n)).to.equal(0);
  });
});
