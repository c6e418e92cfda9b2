import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as model from "../../../verifier/model/constants.ts";
import { SUBGROUP_ORDER } from "../../../verifier/model/eddsa.ts";
import { BASE8, multiplyPoint, TORSION_ONE, torsionPoint } from "../../helpers/model/jubjub.ts";

const source = readFileSync(new URL("../../../circuits/lib/constants.circom", import.meta.url), "utf8");
const constants = new Map(
  [...source.matchAll(/function (\w+)\(\) \{\s*return ([^;]+);\s*\}/g)].map(([, name = "", value = ""]) => {
    const [left = 0n, shift = 0n] = value.split("<<").map((part) => BigInt(part.trim()));
    return [name, left << shift];
  }),
);

describe("constants.circom", () => {
  const shared = Object.entries(model).filter(([name]) => constants.has(name));

  it("shares its names with the model", () => {
    const names = shared.map(([name]) => name);
    expect(names).to.include.members(["PRICE_BITS", "SIZE_BITS", "RATE_BITS", "INDEX_BITS", "BOUND_BITS", "TIME_BITS"]);
  });

  for (const [name, value] of shared) {
    it(`gives ${name} the model's value`, () => expect(constants.get(name)).to.equal(BigInt(value as bigint | number))); // all are numbers
  }

  it("has the curve's points and order right", () => {
    const shifted = multiplyPoint(BASE8, 1n << 246n);
    const two = torsionPoint(2);
    expect(multiplyPoint(TORSION_ONE, 4n)).to.deep.equal({
      x: 0n,
      y: -1n + 21888242871839275222246405745257275088548364400416034343698204186575808495617n,
    });
    expect(two.y).to.equal(0n);
    expect(
      [
        "BASE8_X",
        "BASE8_Y",
        "BASE8_SHIFTED_X",
        "BASE8_SHIFTED_Y",
        "TORSION_ONE_X",
        "TORSION_ONE_Y",
        "TORSION_TWO_X",
      ].map((name) => constants.get(name)),
    ).to.deep.equal([BASE8.x, BASE8.y, shifted.x, shifted.y, TORSION_ONE.x, TORSION_ONE.y, two.x]);
    expect(constants.get("JUBJUB_ORDER_LESS_ONE")).to.equal(SUBGROUP_ORDER - 1n);
  });
});
