import { readFileSync } from "node:fs";
import { expect } from "chai";
import { constraintCount, testMain } from "../helpers/circuit.ts";

const README = readFileSync(new URL("../../circuits/README.md", import.meta.url), "utf8");
const ROW = /^\| (lib|signature|oracle|main)\/(\w+) \| ([-\d, ]+) \| ([\d,]+) \|$/gm;

/** The narrowest claims that each template accepts for its tagged inputs; they do not change what it costs. */
const TAGS = { "*": 12, level: 2 };

describe("the constraint counts in circuits/README.md", () => {
  const rows = [...README.matchAll(ROW)];

  it("cover the three rounds and more than thirty templates", () => {
    expect(rows.filter(([, folder]) => folder === "main")).to.have.lengthOf.at.least(3);
    expect(rows.length).to.be.greaterThan(33);
  });

  for (const [, folder = "", name = "", list = "", count = ""] of rows) {
    it(`are ${count} for ${folder}/${name} (${list})`, async () => {
      const parameters = list === "-" ? [] : list.split(",").map(Number);
      const measured =
        folder === "main"
          ? (await testMain(`${name}.circom`)).constraintCount
          : await constraintCount({ file: `${folder}/${name}.circom`, parameters, tags: TAGS });
      expect(measured).to.equal(Number(count.replaceAll(",", "")));
    });
  }

  it("keep the budgets: 4,700 for a signature, 2^16 for the dev round, 2^17 for the standard one", () => {
    const counts = new Map(rows.map(([, , name = "", , count = ""]) => [name, Number(count.replaceAll(",", ""))]));
    expect(counts.get("SignatureBit")).to.be.at.most(4_700);
    expect(counts.get("OracleRound_dev")).to.be.below(2 ** 16);
    expect(counts.get("OracleRound_standard")).to.be.below(2 ** 17);
  });
});
