import { expect } from "chai";
import { prove } from "../../../scripts/checks/smt/prove.ts";

describe("prove", () => {
  it("proves the claim that holds, and shows an input for which the false one fails", () => {
    const [proof, ...others] = prove("test/smt/planted/FalseClaim.sol");
    expect(others).to.deep.equal([]);
    expect(proof).to.include({ contract: "FalseClaim", asserts: 2, proved: 1 });
    expect(proof!.open).to.have.length(1);
    expect(proof!.open[0]).to.match(/Assertion violation happens here[\s\S]*FalseClaim.fails\(0, 0\)/);
  });
});
