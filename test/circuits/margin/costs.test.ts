import { readFileSync } from "node:fs";
import { expect } from "chai";
import { constraintCount } from "../../helpers/circuit.ts";

const README = readFileSync(new URL("../../../circuits/README.md", import.meta.url), "utf8");
const ROW = /^\| (tree|margin)\/(\w+) \| ([-\d, ]+) \| (\d+) \|$/gm;
const OPERATION_BUDGET = 48_000;
const LEVEL_BUDGET = 900;

describe("The constraint counts of tree and margin in circuits/README.md", () => {
  const rows = [...README.matchAll(ROW)];

  it("cover the templates", () => expect(rows.length).to.be.at.least(38));

  for (const [, folder = "", name = "", list = "", count = ""] of rows) {
    it(`are ${count} for ${folder}/${name} (${list})`, async () => {
      const parameters = list === "-" ? "" : list;
      const text = `pragma circom 2.2.0;\ninclude "./${name}.circom";\ncomponent main = ${name}(${parameters});`;
      expect(await constraintCount({ file: `${folder}/${name}.circom`, text })).to.equal(Number(count));
    });
  }

  it("keep the budgets of a level and of an operation at depth 16 with four markets", () => {
    const costOf = (wanted: string) =>
      Number(rows.find(([, , name, list]) => `${name}(${list})` === wanted)?.[4] ?? Number.NaN);
    expect(costOf("PathLevel(8)")).to.be.at.most(LEVEL_BUDGET);
    expect(costOf("Operation(4, 16)")).to.be.at.most(OPERATION_BUDGET);
  });
});
