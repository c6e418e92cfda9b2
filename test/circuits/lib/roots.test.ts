import { squareRootDown } from "../../../verifier/model/arithmetic.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { FIELD_ORDER } from "../../helpers/fieldOrder.ts";
import { Random } from "../../helpers/random.ts";

const BITS = 28;
const TOP = 1n << BigInt(2 * BITS);
const VALUES = [0n, 1n, 2n, 3n, 4n, 8n, 9n, 15n, 16n, TOP - 1n, TOP / 4n - 1n, TOP / 4n, TOP / 4n + 1n];

describe("SquareRootDown", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/SquareRootDown.circom", parameters: [BITS] });
  });

  for (const value of VALUES) {
    it(`of ${value} is ${squareRootDown(value)}`, () => circuit.expectPass({ value }, { out: squareRootDown(value) }));
  }

  it("agrees with the model on random values", async () => {
    const random = new Random(29);
    for (let i = 0; i < 60; i++) {
      const value = random.spread(2 * BITS);
      await circuit.expectPass({ value }, { out: squareRootDown(value) });
    }
  });

  it("refuses a value whose root is too wide", () => circuit.expectFail({ value: TOP }));
  it("refuses a negative value", () => circuit.expectFail({ value: -1n }));
});

describe("AssertSquareRootDown", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/AssertSquareRootDown.circom", parameters: [BITS] });
  });

  for (const value of VALUES) {
    const root = squareRootDown(value);
    it(`accepts only ${root} for ${value}`, async () => {
      await circuit.expectPass({ value, root }, { out: root });
      for (const forged of [root + 1n, root - 1n, -root - 1n, FIELD_ORDER / 2n])
        await circuit.expectFail({ value, root: forged });
    });
  }

  it("refuses a root that is too wide for a value just beyond the range", async () => {
    const root = 1n << BigInt(BITS);
    for (const value of [TOP, TOP + 2n, TOP + 2n * root]) await circuit.expectFail({ value, root });
  });

  it("refuses the negative root", () => circuit.expectFail({ value: 9n, root: -3n }));
});
