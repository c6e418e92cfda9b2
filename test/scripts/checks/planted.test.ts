import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { isNoticed, plantedIn } from "../../../scripts/checks/invariants/planted.ts";

const FOLDER = join("test", "planted");

describe("planted bugs", () => {
  it("are promised by every file of test/planted", () => {
    for (const name of readdirSync(FOLDER)) expect(plantedIn(join(FOLDER, name)), name).to.have.length.greaterThan(0);
    expect(() => plantedIn("test/fixtures/checks/Small.sol")).to.throw("plants nothing");
  });

  it("count as noticed only when that contract fails for that reason", () => {
    const planted = { contract: "a.t.sol:A", reason: "too much" };
    const failing = {
      contract: "a.t.sol:A",
      name: "t",
      passed: false,
      reason: 'Violated("too much")',
      runs: 1,
      calls: 0,
    };
    expect(isNoticed(planted, [failing])).to.equal(true);
    expect(isNoticed(planted, [{ ...failing, passed: true }])).to.equal(false);
    expect(isNoticed(planted, [{ ...failing, contract: "b.t.sol:B" }])).to.equal(false);
    expect(isNoticed(planted, [{ ...failing, reason: "out of gas" }])).to.equal(false);
  });
});
