/** The demo's own machinery: a chain on market time, and output that lines up. */
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { startChain } from "../../scripts/demo/chain/startChain.ts";
import { createTerminal, wrap } from "../../scripts/demo/print/terminal.ts";
import { createObservations, PROMISES, type PromiseKey } from "../../scripts/demo/promises.ts";
import { marketTime, quoteUnits, showTime, sizeLots, UnitError } from "../../scripts/demo/units.ts";

const START_SEC = marketTime("21:10:00");

describe("the demo's chain", () => {
  it("follows the market's time whatever the wall clock does, and leaves no process behind", async () => {
    const chain = await startChain(START_SEC);
    const address = `0x${"11".repeat(20)}`;
    try {
      await chain.fund(address);
      await chain.transport.send("hardhat_impersonateAccount", [address]);
      const transact = () =>
        chain.transport.send("eth_sendTransaction", [{ from: address, to: address, value: "0x1" }]);
      await transact();
      expect(await chain.clock.now()).to.equal(START_SEC + 1);
      await new Promise((resolve) => setTimeout(resolve, 2500)); // the wall clock goes on
      await transact();
      expect(await chain.clock.now()).to.equal(START_SEC + 2);
      await chain.clock.jumpTo(marketTime("21:13:12"));
      expect(showTime(await chain.clock.now())).to.equal("21:13:12");
      await chain.clock.jumpTo(START_SEC); // never back
      expect(showTime(await chain.clock.now())).to.equal("21:13:12");
    } finally {
      await chain.stop();
    }
    let refused = false;
    await chain.transport.send("eth_blockNumber", []).catch(() => {
      refused = true;
    });
    expect(refused).to.equal(true);
  });
});

describe("the demo's output", () => {
  it("puts proof time and gas into the same columns, colours or not", () => {
    const lines: string[] = [];
    const terminal = createTerminal((line) => void lines.push(stripVTControlCharacters(line)));
    terminal.proven("short", { proofMs: 3100, gasUsed: 354_897n });
    terminal.proven("\u001b[1mcoloured\u001b[22m and a little longer", { proofMs: undefined, gasUsed: 376_396n });
    expect(lines.map((line) => line.length)).to.deep.equal([lines[0]?.length, lines[0]?.length]);
    expect(lines[0]).to.match(/ {2}3\.1 s {3}354,897$/);
  });

  it("wraps at spaces only", () => {
    expect(wrap("one two three", 7)).to.deep.equal(["one two", "three"]);
    expect(wrap("indivisible", 3)).to.deep.equal(["indivisible"]);
  });

  it("reads amounts strictly", () => {
    expect(quoteUnits("1250.5")).to.equal(1_250_500_000n);
    expect(sizeLots("0.25")).to.equal(25n);
    for (const text of ["1.2345678", "-1", "1e3", ""]) expect(() => quoteUnits(text)).to.throw(UnitError);
  });
});

describe("the demo's promises", () => {
  const keys = Object.keys(PROMISES) as PromiseKey[];

  it("are all unkept at first, and none is left when each was seen", () => {
    const observations = createObservations();
    expect(observations.failures()).to.have.length(keys.length);
    for (const key of keys) observations.kept(key);
    expect(observations.failures()).to.deep.equal([]);
  });

  it("stay broken once seen broken", () => {
    const observations = createObservations();
    for (const key of keys) observations.kept(key);
    observations.broken("forgery", "it was found valid");
    observations.kept("forgery");
    expect(observations.failures()).to.deep.equal([`${PROMISES.forgery}: it was found valid`]);
  });
});
