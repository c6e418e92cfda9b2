import { clamp } from "../../../verifier/model/arithmetic.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const PAIRS = [
  [0n, 0n],
  [0n, 255n],
  [255n, 0n],
  [255n, 255n],
  [7n, 8n],
  [8n, 7n],
] as const;

describe("SelectField", () => {
  for (const bit of [0n, 1n]) {
    it(`takes ${bit ? "whenOne" : "whenZero"} for ${bit}`, async () => {
      const circuit = await testCircuit({ file: "lib/SelectField.circom" });
      await circuit.expectPass({ bit, whenOne: -5n, whenZero: 9n }, { out: bit ? -5n : 9n });
      await circuit.expectBound({ bit, whenOne: -5n, whenZero: 9n }, "out");
    });
  }
});

for (const { name, pick } of [
  { name: "Min", pick: (a: bigint, b: bigint) => (a < b ? a : b) },
  { name: "Max", pick: (a: bigint, b: bigint) => (a > b ? a : b) },
]) {
  describe(name, () => {
    for (const [a, b] of PAIRS) {
      it(`of ${a} and ${b} is ${pick(a, b)}`, async () => {
        const circuit = await testCircuit({ file: `lib/${name}.circom`, parameters: [8], tags: { a: 8, b: 8 } });
        await circuit.expectPass({ a, b }, { out: pick(a, b) });
        await circuit.expectBound({ a, b }, "out");
      });
    }
  });
}

describe("Clamp", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/Clamp.circom", parameters: [8] });
  });

  for (const value of [-12n, -11n, -10n, -9n, 0n, 9n, 10n, 11n, 12n]) {
    it(`of ${value} to [-10, 10] is ${clamp(value, -10n, 10n)}`, () =>
      circuit.expectPass({ in: value, lower: -10n, upper: 10n }, { out: clamp(value, -10n, 10n) }));
  }

  it("agrees with the model on random values", async () => {
    const random = new Random(3);
    for (let i = 0; i < 50; i++) {
      const value = random.between(-60n, 60n);
      const lower = random.between(-60n, 0n);
      const upper = random.between(0n, 60n);
      await circuit.expectPass({ in: value, lower, upper }, { out: clamp(value, lower, upper) });
    }
  });

  it("refuses a value further from the lower end than its width", () =>
    circuit.expectFail({ in: 300n, lower: 0n, upper: 400n }));

  it("refuses a value further from the upper end than its width", () =>
    circuit.expectFail({ in: 10n, lower: 0n, upper: 400n }));
});
