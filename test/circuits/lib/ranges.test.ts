import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { FIELD_ORDER } from "../../helpers/fieldOrder.ts";

/** Field elements that a range check of n bits must refuse whatever n is. */
const FAR = [(FIELD_ORDER - 1n) / 2n, (FIELD_ORDER + 1n) / 2n, 1n << 252n, 1n << 253n];

describe("AssertUint", () => {
  for (const bits of [0, 1, 8, 64, 252]) {
    describe(`when the width is ${bits}`, () => {
      const limit = 1n << BigInt(bits);
      let circuit: TestCircuit;
      before(async () => {
        circuit = await testCircuit({ file: "lib/AssertUint.circom", parameters: [bits] });
      });
      for (const value of new Set([0n, limit - 1n])) {
        it(`accepts ${value}`, () => circuit.expectPass({ in: value }, { out: value }));
      }
      for (const value of [limit, limit + 1n, FIELD_ORDER - 1n, ...FAR.slice(bits === 252 ? 3 : 0)]) {
        it(`refuses ${value}`, () => circuit.expectFail({ in: value }));
      }
    });
  }
});

describe("AssertInt", () => {
  const limit = 1n << 25n;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/AssertInt.circom", parameters: [25] });
  });
  for (const value of [1n - limit, -1n, 0n, 1n, limit - 1n]) {
    it(`accepts ${value}`, () => circuit.expectPass({ in: value }, { out: value }));
  }
  for (const value of [-limit - 1n, -limit, limit, limit + 1n, ...FAR]) {
    it(`refuses ${value}`, () => circuit.expectFail({ in: value }));
  }
});

describe("IsNegative", () => {
  const limit = 1n << 40n;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/IsNegative.circom", parameters: [40] });
  });
  for (const value of [-limit, 1n - limit, -1n]) {
    it(`is 1 for ${value}`, () => circuit.expectPass({ in: value }, { out: 1 }));
  }
  for (const value of [0n, 1n, limit - 1n]) {
    it(`is 0 for ${value}`, () => circuit.expectPass({ in: value }, { out: 0 }));
  }
  for (const value of [-limit - 1n, limit, ...FAR]) {
    it(`refuses ${value}, which is out of its range`, () => circuit.expectFail({ in: value }));
  }
  it("binds its bit", () => circuit.expectBound({ in: 5n }, "out"));
});

describe("IsLess", () => {
  const top = (1n << 40n) - 1n;
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/IsLess.circom", parameters: [40], tags: { "*": 40 } });
  });
  for (const [a, b] of [
    [0n, 0n],
    [0n, 1n],
    [1n, 0n],
    [0n, top],
    [top, 0n],
    [top, top],
    [top - 1n, top],
  ] as const) {
    it(`is ${Number(a < b)} for ${a} and ${b}`, () => circuit.expectPass({ a, b }, { out: Number(a < b) }));
  }
});
