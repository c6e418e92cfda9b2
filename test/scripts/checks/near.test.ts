import { readFileSync } from "node:fs";
import { expect } from "chai";
import { instrument } from "../../../scripts/checks/coverage/instrument.ts";
import { nearTests } from "../../../scripts/checks/mutation/near.ts";
import { mutantsOf } from "../../../scripts/checks/mutation/operators.ts";
import { References } from "../../../scripts/checks/mutation/references.ts";
import { Hits } from "../../../scripts/checks/solidity/hits.ts";
import { parse } from "../../../scripts/checks/solidity/syntax.ts";

const FILE = "test/fixtures/checks/Small.sol";

/** The fixture under three tests: one adds, one is refused, one does nothing. */
function ground() {
  const source = readFileSync(FILE, "utf8");
  const trees = parse([FILE]);
  const { points } = instrument(FILE, source, trees[FILE]!.ast, 2);
  const testsOf = new Map<string, ReadonlySet<string>>();
  for (const { tag, line, outcome } of points) {
    const onWayIn = line <= 17 && outcome !== "true" && line !== 15;
    const refused = line === 20 && outcome !== "false";
    const added = line > 20 || (line === 20 && outcome !== "true");
    if (onWayIn || refused || added)
      testsOf.set(tag, new Set([...(onWayIn || added ? ["adds"] : []), ...(onWayIn || refused ? ["is refused"] : [])]));
  }
  const coverage = {
    points,
    testsOf,
    passed: ["does nothing", "is refused", "adds"],
    durationsMs: { adds: 1, "is refused": 2, "does nothing": 0 },
    fileOf: {},
  };
  const mutants = mutantsOf(FILE, source, trees[FILE]!.ast);
  const references = new References(trees);
  return (line: number, change: string) => {
    const mutant = mutants.find((each) => each.line === line && each.change === change)!;
    return nearTests(mutant, references.of(mutant), coverage);
  };
}

describe("nearTests", () => {
  it("takes the tests that reached a statement", () => {
    const near = ground();
    expect(near(21, "statement removed")).to.deep.equal(["adds"]);
    expect(near(22, "statement removed")).to.deep.equal(["adds"]);
  });

  it("takes of a condition only those that met the outcome which is changed", () => {
    const near = ground();
    expect(near(20, "if never")).to.deep.equal(["is refused"]);
    expect(near(20, "if always")).to.deep.equal(["adds"]);
  });

  it("takes of a constant those that reached its uses", () => {
    expect(ground()(7, "10 one more")).to.have.members(["adds", "is refused"]);
  });

  it("takes all where no statement tells: of a modifier that a function loses", () => {
    expect(ground()(19, "modifier removed")).to.have.members(["adds", "is refused", "does nothing"]);
  });
});

describe("Hits", () => {
  it("counts what a fixture reached for every test that loads it, and a suite's set-up for its tests only", async () => {
    const hits = new Hits();
    const made = new Set<unknown>();
    const load = async (fixture: () => Promise<unknown>) => {
      if (!made.has(fixture)) await fixture();
      made.add(fixture);
      return undefined;
    };
    const networkHelpers = { clearSnapshots: () => undefined, loadFixture: load };
    hits.watch({ ethers: { provider: { send: async () => undefined } }, networkHelpers });
    const fixture = async () => hits.current.add("deployed");

    hits.current.add("prepared");
    hits.endSetUp("a suite");
    await networkHelpers.loadFixture(fixture);
    hits.current.add("called");
    expect(hits.endTest("a suite first")).to.have.members(["prepared", "deployed", "called"]);
    await networkHelpers.loadFixture(fixture);
    expect(hits.endTest("a suite second")).to.have.members(["prepared", "deployed"]);
    await networkHelpers.loadFixture(fixture);
    expect(hits.endTest("another")).to.deep.equal(["deployed"]);
    expect(hits.endTest("another without")).to.deep.equal([]);
  });
});
