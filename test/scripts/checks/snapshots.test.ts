import { expect } from "chai";
import { differences } from "../../../scripts/checks/snapshots/compare.ts";
import { storageLayouts } from "../../../scripts/checks/snapshots/storage.ts";

describe("differences", () => {
  it("names each place, with what was kept and what is found", () => {
    expect(differences({ a: { b: 1, c: ["x"] }, d: 2 }, { a: { b: 2, c: ["x"] }, e: 3 })).to.deep.equal([
      "a > b: 1 -> 2",
      "d: 2 -> nothing",
      "e: nothing -> 3",
    ]);
    expect(differences(undefined, { a: 1 })).to.deep.equal(['everything: nothing -> {"a":1}']);
    expect(differences({ a: ["x", "y"] }, { a: ["y", "x"] })).to.have.length(1);
    expect(differences({ a: 1 }, { a: 1 })).to.deep.equal([]);
  });
});

describe("storageLayouts", () => {
  it("lists slots of every deployed contract, and none of an abstract one", () => {
    const layouts = storageLayouts();
    expect(Object.keys(layouts)).to.include.members([
      "contracts/Homeostat.sol:Homeostat",
      "contracts/MarginEngine.sol:MarginEngine",
    ]);
    expect(Object.keys(layouts)).not.to.include("contracts/OpLog.sol:OpLog");
    expect(layouts["contracts/Homeostat.sol:Homeostat"]![0]).to.equal("0.0 stateRoot: uint256, 32 bytes");
  });
});
