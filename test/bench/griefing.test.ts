import { readFileSync } from "node:fs";
import { expect } from "chai";
import { closedWays } from "../../scripts/bench/griefing/closedWays.ts";
import { griefingTable } from "../../scripts/bench/griefing/table.ts";
import { edgeEquity, MAX_PENDING, type WayIn, waysIn, weakest } from "../../scripts/bench/griefing/waysIn.ts";
import { DEFAULT_SURROUNDINGS } from "../../scripts/bench/griefing.ts";
import { deployBench } from "../helpers/contracts/bench.ts";

const GAS = {
  deposit: 200_000,
  trade: 110_000,
  withdraw: 110_000,
  setKey: 110_000,
  backstop: 90_000,
  payClaim: 120_000,
};
const SURROUNDINGS = { ...DEFAULT_SURROUNDINGS, gas: GAS };
const GAS_COLUMN = 6; // counted with the empty cell before the first bar
const FEE_WEI = 10n ** 15n;
const GWEI = 10n ** 9n;

const named = (name: string): WayIn => waysIn(SURROUNDINGS).find((way) => way.name === name)!;
/** A row without its measured cell. */
const plain = (line: string): string =>
  line
    .split("|")
    .filter((_, column) => column !== GAS_COLUMN)
    .map((cell) => cell.trim())
    .join("|");

describe("the griefing bench", () => {
  it("knows the log's own bound", async () => {
    const { engine } = await deployBench();
    expect(await engine.MAX_PENDING!()).to.equal(BigInt(MAX_PENDING));
  });

  it("counts half of the least margin for standing at the edge: 3 % of maintenance over 6 % of initial", () => {
    expect(edgeEquity(SURROUNDINGS.parameters)).to.equal(24_999_602n); // rates of 20 fractional bits, rounded down
    const alone = named("edge, nobody clears it");
    expect([alone.operations, alone.feesWei, alone.capital]).to.deep.equal([3, 3n * FEE_WEI, 100_000_000n]);
    expect(alone.gasWei).to.equal(5n * GWEI * 510_000n);
    expect(named("edge, always cleared too late").operations).to.equal(36); // 3600 / 300 breaches
  });

  it("fills the log once, and again as fast as it empties", () => {
    expect(named("log full, slowest provers").operations).to.equal(192 + 384); // 192 in 1800 s
    const fast = waysIn({ ...SURROUNDINGS, settledPerSec: 2 });
    expect(fast.find(({ name }) => name === "log full, provers as measured")!.operations).to.equal(192 + 7200);
  });

  it("counts a pause's operations and the pauses of an hour", () => {
    expect(named("unauthorised flood").operations).to.equal(2 * 513);
    const guard = { ...SURROUNDINGS.guard, unauthorisedLimit: 99, unauthorisedPauseSec: 1000 };
    const flood = waysIn({ ...SURROUNDINGS, guard }).find(({ name }) => name === "unauthorised flood")!;
    expect([flood.operations, flood.feesWei]).to.deep.equal([4 * 100, 400n * FEE_WEI]);
  });

  it("asks for a third of other people's money to use a quarter's outflow up", () => {
    expect(named("outflow used up").capital).to.equal(333_333_333_333n);
  });

  it("names the cheapest way to stop everyone that needs nobody's failing", () => {
    const ways = waysIn(SURROUNDINGS);
    expect(weakest(ways).name).to.equal("log full, slowest provers");
    const dear = ways.map((way) => (way.name === "log full, slowest provers" ? { ...way, gasWei: 10n ** 19n } : way));
    expect(weakest(dear).name).to.equal("unauthorised flood");
  });

  it("gives the table that the contracts' README shows; gas apart, which is measured", () => {
    const readme = readFileSync("contracts/README.md", "utf8").split("\n").map(plain);
    for (const line of griefingTable(waysIn(SURROUNDINGS), closedWays(SURROUNDINGS)).map(plain))
      expect(readme, line).to.include(line);
  });
});
