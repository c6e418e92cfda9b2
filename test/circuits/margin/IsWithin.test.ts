import { expect } from "chai";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";

const LIMIT = 1n << 63n;
const TOTAL = 1n << 70n;

describe("IsWithin", () => {
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/IsWithin.circom", parameters: [63, 70] });
  });

  it("costs 73 constraints for 70 bits", () => expect(circuit.constraintCount).to.equal(73));

  for (const value of [0n, 1n, -1n, LIMIT - 1n, LIMIT, -LIMIT, -LIMIT - 1n, 2n * LIMIT, TOTAL - 1n, -TOTAL]) {
    it(`answers for ${value}`, () =>
      circuit.expectPass(
        { in: value },
        { fits: BigInt(value >= -LIMIT && value < LIMIT), negative: BigInt(value < 0n) },
      ));
  }

  for (const value of [TOTAL, -TOTAL - 1n, 1n << 200n]) {
    it(`refuses ${value}, which its caller rules out`, () => circuit.expectFail({ in: value }));
  }
});
