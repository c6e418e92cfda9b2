import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readAccepted, reasonFor } from "../../../scripts/checks/mutation/accepted.ts";
import { allMutants, sampleOf } from "../../../scripts/checks/mutation/choose.ts";
import { applyMutant, mutantsOf } from "../../../scripts/checks/mutation/operators.ts";
import { parse } from "../../../scripts/checks/solidity/syntax.ts";

const FILE = "test/fixtures/checks/Small.sol";

function small() {
  const source = readFileSync(FILE, "utf8");
  return { source, mutants: mutantsOf(FILE, source, parse([FILE])[FILE]!.ast) };
}

describe("mutantsOf", () => {
  it("changes every check, comparison, operator, constant, modifier and statement, one at a time", () => {
    const { source, mutants } = small();
    const changes = mutants.map(({ line, change }) => `${line} ${change}`);
    expect(changes).to.include.members([
      "7 10 one more",
      "11 bool flipped",
      "15 ! dropped",
      "15 if never",
      "15 if always",
      "19 modifier removed",
      "20 > to >=",
      "20 > to <=",
      "20 && to ||",
      "21 += to -=",
      "21 statement removed",
      "22 statement removed",
    ]);
    const texts = mutants.map((mutant) => applyMutant(source, mutant));
    expect(new Set(texts).size).to.equal(mutants.length);
    expect(texts).not.to.include(source);
  });

  it("names a mutant by its line's text, so that a reason outlives edits elsewhere", () => {
    const [mutant] = small().mutants;
    const { file, text, change } = mutant!;
    expect(reasonFor({ ...mutant!, line: 99 }, [{ file, text, change, reason: "same" }])).to.equal("same");
    expect(reasonFor(mutant!, [{ file, text: `${text} `, change, reason: "same" }])).to.equal(undefined);
  });
});

describe("the accepted survivors", () => {
  it("are mutants that there are, each with a reason", () => {
    const there = new Set(allMutants("").map(({ file, text, change }) => `${file} ${change}: ${text}`));
    for (const { file, text, change, reason } of readAccepted()) {
      expect(there, `${file} ${change}`).to.include(`${file} ${change}: ${text}`);
      expect(reason.length, text).to.be.above(10);
    }
  });
});

describe("sampleOf", () => {
  it("chooses the same mutants for the same seed, and others for another", () => {
    const { mutants } = small();
    expect(sampleOf(mutants, 5, "a")).to.deep.equal(sampleOf(mutants, 5, "a"));
    expect(sampleOf(mutants, 5, "a")).not.to.deep.equal(sampleOf(mutants, 5, "b"));
    expect(sampleOf(mutants, 5, "a")).to.have.length(5);
  });
});
