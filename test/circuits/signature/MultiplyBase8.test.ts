import { SUBGROUP_ORDER } from "../../../verifier/model/eddsa.ts";
import { testCircuit } from "../../helpers/circuit.ts";
import { BASE8, multiplyPoint } from "../../helpers/model/jubjub.ts";
import { Random } from "../../helpers/random.ts";

/** The one scalar below l that circomlib's EscalarMulFix(253) cannot multiply; see circuits/README.md. */
const EXCEPTIONAL = SUBGROUP_ORDER - (1n << 250n) - ((1n << 249n) - 1n) / 7n;

describe("MultiplyBase8", () => {
  const digits = (scalar: bigint) => Array.from({ length: 252 }, (_, i) => (scalar >> BigInt(i)) & 1n);

  it("multiplies every kind of scalar, the one that circomlib cannot included", async () => {
    const circuit = await testCircuit({ file: "signature/MultiplyBase8.circom" });
    const random = new Random(5);
    const scalars = [0n, 1n, 7n, 8n, (1n << 246n) - 1n, 1n << 246n, SUBGROUP_ORDER, (1n << 252n) - 1n, EXCEPTIONAL];
    for (const scalar of [...scalars, random.bits(252), random.bits(252)]) {
      const { x, y } = multiplyPoint(BASE8, scalar);
      await circuit.expectPass({ digits: digits(scalar) }, { outX: x, outY: y });
    }
  });

  it("is needed: circomlib's own product has no witness for that scalar", async () => {
    const circuit = await testCircuit({
      file: "signature/MultiplyBase8.circom",
      text: `
pragma circom 2.2.0;
include "circomlib/circuits/escalarmulfix.circom";
include "../lib/constants.circom";
template Main() {
    signal input digits[253];
    signal output out[2] <== EscalarMulFix(253, [BASE8_X(), BASE8_Y()])(digits);
}
component main = Main();`,
    });
    await circuit.expectFail({ digits: [...digits(EXCEPTIONAL), 0n] });
    await circuit.expectPass({ digits: [...digits(EXCEPTIONAL + 1n), 0n] });
  });
});
