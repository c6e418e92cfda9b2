import { readFileSync } from "node:fs";
import { expect } from "chai";
import { instrument, PROBE_FILE, PROBE_SOURCE } from "../../../scripts/checks/coverage/instrument.ts";
import { percentDown, summarise, totalOf } from "../../../scripts/checks/coverage/summary.ts";
import { compile, errorsOf } from "../../../scripts/checks/solidity/compile.ts";
import { parse } from "../../../scripts/checks/solidity/syntax.ts";

const FILE = "test/fixtures/checks/Small.sol";

function instrumented() {
  return instrument(FILE, readFileSync(FILE, "utf8"), parse([FILE])[FILE]!.ast, 2);
}

describe("instrument", () => {
  it("yields a source that compiles and tells of every statement and of both outcomes of every condition", () => {
    const { text, points, nextTag } = instrumented();
    const output = compile({
      files: [FILE],
      replaced: { [FILE]: text, [PROBE_FILE]: PROBE_SOURCE },
      settings: {},
      outputs: { "*": { "*": ["evm.bytecode.object"] } },
    });
    expect(errorsOf(output)).to.deep.equal([]);
    const at = (line: number) => points.filter((point) => point.line === line).map(({ outcome }) => outcome);
    expect(at(15).sort()).to.deep.equal(["false", "reached", "reached", "true"]);
    expect(at(20).filter((outcome) => outcome === "true")).to.have.length(3);
    expect(at(21)).to.deep.equal(["reached"]);
    expect(new Set(points.map(({ tag }) => tag)).size).to.equal(points.length);
    expect(nextTag).to.equal(2 + points.length);
  });
});

describe("summarise", () => {
  it("counts a line when all its statements were reached, and each outcome of a condition by itself", () => {
    const { points } = instrumented();
    const reached = points.filter(({ line, outcome }) => line !== 22 && !(line === 20 && outcome === "true"));
    const testsOf = new Map(reached.map(({ tag }) => [tag, new Set(["a test"])]));
    const coverage = summarise({ points, testsOf })[FILE]!;
    expect(coverage.lines - coverage.linesReached).to.equal(1);
    expect(coverage.branches - coverage.branchesTaken).to.equal(3);
    expect(coverage.missing).to.include("22 reached");
    expect(totalOf({ [FILE]: coverage }, /elsewhere/).branches).to.equal(0);
  });

  it("never rounds a percentage up", () => {
    expect(percentDown(9499, 10_000)).to.equal(94.9);
    expect(percentDown(0, 0)).to.equal(100);
  });
});
