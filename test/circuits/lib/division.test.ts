import { divideDown } from "../../../verifier/model/arithmetic.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { FIELD_ORDER, toFieldElement } from "../../helpers/fieldOrder.ts";
import { Random } from "../../helpers/random.ts";

/** The inverse of a divisor: quotients that are right in the field and wrong over the integers. */
function fieldQuotient(numerator: bigint, divisor: bigint): bigint {
  let inverse = 1n;
  for (let exponent = FIELD_ORDER - 2n, power = divisor; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) inverse = (inverse * power) % FIELD_ORDER;
    power = (power * power) % FIELD_ORDER;
  }
  return toFieldElement(numerator * inverse);
}

const SIGNED_CASES = [
  { numerator: 0n, divisor: 1n },
  { numerator: 1n, divisor: 2n },
  { numerator: 999n, divisor: 1000n },
  { numerator: 1000n, divisor: 1000n },
  { numerator: 1001n, divisor: 1000n },
  { numerator: (1n << 20n) - 1n, divisor: 1n },
  { numerator: -1n, divisor: 1000n },
  { numerator: -1000n, divisor: 1000n },
  { numerator: -1001n, divisor: 1000n },
  { numerator: -(1n << 20n), divisor: 1n },
];

for (const { name, signed } of [
  { name: "FloorDivide", signed: false },
  { name: "FloorDivideInt", signed: true },
]) {
  const cases = SIGNED_CASES.filter(({ numerator }) => signed || numerator >= 0n);

  describe(name, () => {
    let circuit: TestCircuit;
    before(async () => {
      circuit = await testCircuit({ file: `lib/${name}.circom`, parameters: [20, 16], tags: { divisor: 16 } });
    });

    for (const { numerator, divisor } of cases) {
      it(`of ${numerator} by ${divisor} is ${divideDown(numerator, divisor)}`, () =>
        circuit.expectPass({ numerator, divisor }, { out: divideDown(numerator, divisor) }));
    }

    it("agrees with the model on random numbers", async () => {
      const random = new Random(17);
      for (let i = 0; i < 60; i++) {
        const divisor = random.spread(16) || 1n;
        const size = random.bits(20) * divisor + random.between(0n, divisor - 1n);
        const numerator = signed && random.chance(8) ? -size : size;
        await circuit.expectPass({ numerator, divisor }, { out: divideDown(numerator, divisor) });
      }
    });

    it("refuses the divisor zero", () => circuit.expectFail({ numerator: 0n, divisor: 0n }));
    it("refuses a quotient that is too wide", () => circuit.expectFail({ numerator: 1n << 20n, divisor: 1n }));
    it("refuses a numerator too far below zero", () =>
      circuit.expectFail({ numerator: -(1n << 20n) - 1n, divisor: 1n }));
  });

  describe(`Assert${name}`, () => {
    let circuit: TestCircuit;
    before(async () => {
      circuit = await testCircuit({ file: `lib/Assert${name}.circom`, parameters: [20, 16], tags: { divisor: 16 } });
    });

    for (const { numerator, divisor } of cases) {
      const quotient = divideDown(numerator, divisor);
      it(`accepts only ${quotient} for ${numerator} by ${divisor}`, async () => {
        await circuit.expectPass({ numerator, divisor, quotient }, { out: quotient });
        await circuit.expectFail({ numerator, divisor, quotient: quotient + 1n });
        await circuit.expectFail({ numerator, divisor, quotient: quotient - 1n });
      });
    }

    it("refuses the quotient that is right in the field only", () =>
      circuit.expectFail({ numerator: 1000n, divisor: 7n, quotient: fieldQuotient(1000n, 7n) }));

    it("refuses every quotient by zero", async () => {
      for (const quotient of [0n, 1n, -1n, 5n]) await circuit.expectFail({ numerator: 5n, divisor: 0n, quotient });
    });
  });
}

for (const { name, signed } of [
  { name: "FloorShift", signed: false },
  { name: "FloorShiftInt", signed: true },
]) {
  const numerators = [0n, 1n, 255n, 256n, 257n, (1n << 28n) - 1n, ...(signed ? [-1n, -256n, -257n, -(1n << 28n)] : [])];

  describe(`${name} and Assert${name}`, () => {
    let hinted: TestCircuit;
    let asserted: TestCircuit;
    before(async () => {
      hinted = await testCircuit({ file: `lib/${name}.circom`, parameters: [20, 8] });
      asserted = await testCircuit({ file: `lib/Assert${name}.circom`, parameters: [20, 8] });
    });

    for (const numerator of numerators) {
      const quotient = divideDown(numerator, 256n);
      it(`give only ${quotient} for ${numerator}`, async () => {
        await hinted.expectPass({ numerator }, { out: quotient, remainder: numerator - 256n * quotient });
        await asserted.expectPass({ numerator, quotient }, { out: quotient });
        await asserted.expectFail({ numerator, quotient: quotient + 1n });
        await asserted.expectFail({ numerator, quotient: quotient - 1n });
        await asserted.expectFail({ numerator, quotient: fieldQuotient(numerator - 3n, 256n) });
      });
    }

    it("refuse a numerator that is too wide", () => hinted.expectFail({ numerator: 1n << 28n }));
    it("refuse a numerator too far below zero", () =>
      hinted.expectFail({ numerator: signed ? -(1n << 28n) - 1n : -1n }));
  });
}
