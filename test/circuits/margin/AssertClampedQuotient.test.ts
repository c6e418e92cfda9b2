import { expect } from "chai";
import { clamp, divideDown } from "../../../verifier/model/arithmetic.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const LIMIT = 1n << 49n;
const NUMERATOR = (1n << 91n) - 1n;
const DIVISOR = (1n << 70n) - 1n;
const parameters = [91, 70, 49];

function honest(numerator: bigint, divisor: bigint) {
  const floor = divideDown(numerator, divisor);
  const quotient = clamp(floor, -LIMIT, LIMIT);
  return { numerator, divisor, quotient, isAbove: BigInt(floor >= LIMIT), isBelow: BigInt(floor < -LIMIT) };
}

describe("AssertClampedQuotient", () => {
  let circuit: TestCircuit;
  let hinted: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/AssertClampedQuotient.circom", parameters });
    hinted = await testCircuit({ file: "margin/ClampedQuotient.circom", parameters });
  });

  it("costs 218 constraints", () => expect(circuit.constraintCount).to.equal(218));

  for (const [numerator, divisor] of [
    [0n, 1n],
    [-1n, 1n],
    [7n, 2n],
    [-7n, 2n],
    [-8n, 2n],
    [-1n, DIVISOR],
    [LIMIT * 5n - 1n, 5n],
    [LIMIT * 5n, 5n],
    [-LIMIT * 5n, 5n],
    [-LIMIT * 5n - 1n, 5n],
    [NUMERATOR, 1n],
    [-NUMERATOR, 1n],
    [NUMERATOR, DIVISOR],
    [-NUMERATOR, DIVISOR],
  ] as const) {
    const valid = honest(numerator, divisor);

    it(`is the clamped floor of ${numerator} / ${divisor}`, async () => {
      await circuit.expectPass(valid);
      await hinted.expectPass({ numerator, divisor }, { out: valid.quotient });
    });
    for (const forged of [
      { quotient: valid.quotient + 1n },
      { quotient: valid.quotient - 1n },
      { isAbove: 1n - valid.isAbove },
      { isBelow: 1n - valid.isBelow },
      { isAbove: 1n, isBelow: 0n, quotient: LIMIT },
      { isAbove: 0n, isBelow: 1n, quotient: -LIMIT },
      { isAbove: 1n, isBelow: 1n },
      { isAbove: 0n, isBelow: 0n, quotient: 0n },
      { isAbove: 0n, isBelow: 0n, quotient: LIMIT },
      { isAbove: 0n, isBelow: 0n, quotient: -LIMIT - 1n },
    ]) {
      const changed = { ...valid, ...forged };
      if (JSON.stringify(Object.values(changed).map(String)) === JSON.stringify(Object.values(valid).map(String)))
        continue;
      const words = Object.entries(forged).map(([name, value]) => `${name} ${value}`);
      it(`refuses ${words.join(", ")} for ${numerator} / ${divisor}`, () => circuit.expectFail(changed));
    }
  }

  it("agrees with the model on random quotients", async () => {
    const random = new Random(5);
    for (let round = 0; round < 200; round++) {
      const numerator = random.chance(8) ? random.spread(91) : -random.spread(91);
      const divisor = random.spread(70) || 1n;
      await hinted.expectPass({ numerator, divisor }, { out: honest(numerator, divisor).quotient });
    }
  });
});
