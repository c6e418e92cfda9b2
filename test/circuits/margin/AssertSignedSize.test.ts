import { expect } from "chai";
import { FIELD } from "../../../verifier/model/field.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";

const LIMIT = 1n << 40n;

describe("AssertSignedSize", () => {
  let circuit: TestCircuit;
  let hinted: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/AssertSignedSize.circom", parameters: [40] });
    hinted = await testCircuit({ file: "margin/SignedSize.circom", parameters: [40] });
  });

  it("costs 45 constraints for 40 bits", () => expect(circuit.constraintCount).to.equal(45));

  for (const size of [0n, 1n, -1n, LIMIT / 2n - 1n, LIMIT / 2n, -LIMIT / 2n, LIMIT - 1n, 1n - LIMIT]) {
    const absolute = size < 0n ? -size : size;
    const outputs = { absolute, isFlat: BigInt(size === 0n), isLarge: BigInt(absolute >= LIMIT / 2n) };

    it(`splits ${size}`, async () => {
      await circuit.expectPass({ size, isShort: BigInt(size < 0n) }, outputs);
      await hinted.expectPass({ size }, { ...outputs, isShort: BigInt(size < 0n) });
    });
    it(`refuses the other sign for ${size}`, () => circuit.expectFail({ size, isShort: BigInt(size >= 0n) }));
    it(`refuses a sign of 2 for ${size}`, () => circuit.expectFail({ size, isShort: 2n }));
  }

  for (const size of [LIMIT, -LIMIT, FIELD / 2n, FIELD / 2n + 1n]) {
    it(`refuses ${size}, with either sign`, async () => {
      await circuit.expectFail({ size, isShort: 0n });
      await circuit.expectFail({ size, isShort: 1n });
    });
  }
});
