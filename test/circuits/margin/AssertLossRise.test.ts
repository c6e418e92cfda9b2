import { expect } from "chai";
import { clamp, divideUp, maximum } from "../../../verifier/model/arithmetic.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const LIMIT = 1n << 26n;
const DEFICIT = (1n << 70n) - 1n;
const LOTS = (1n << 45n) - 1n;

/** The hints of an honest prover: floor(-deficit / max(1, lots)), cut to 27 bits. */
function honest(deficit: bigint, lots: bigint) {
  const floor = -divideUp(deficit, maximum(1n, lots));
  const quotient = clamp(floor, -LIMIT, LIMIT);
  return { deficit, lots, quotient, isAbove: BigInt(floor >= LIMIT), isBelow: BigInt(floor < -LIMIT) };
}

/** What every lot pays, as the rule says it. */
function expected(deficit: bigint, lots: bigint) {
  const rise = deficit > 0n ? divideUp(deficit, maximum(1n, lots)) : 0n;
  return { rise: rise > LIMIT ? LIMIT : rise, hasDeficit: BigInt(deficit > 0n), hasLots: BigInt(lots > 0n) };
}

describe("AssertLossRise", () => {
  let circuit: TestCircuit;
  let hinted: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/AssertLossRise.circom" });
    hinted = await testCircuit({ file: "margin/LossRise.circom" });
  });

  it("costs 180 constraints", () => expect(circuit.constraintCount).to.equal(180));

  for (const [deficit, lots] of [
    [0n, 0n],
    [1n, 0n],
    [-1n, 0n],
    [0n, 7n],
    [1n, 7n],
    [-1n, 7n],
    [6n, 7n],
    [7n, 7n],
    [8n, 7n],
    [-7n, 7n],
    [-8n, 7n],
    [1n, LOTS],
    [-1n, LOTS],
    [LIMIT * 7n - 7n, 7n],
    [LIMIT * 7n - 6n, 7n],
    [LIMIT * 7n, 7n],
    [LIMIT * 7n + 1n, 7n],
    [-LIMIT * 7n, 7n],
    [-LIMIT * 7n - 1n, 7n],
    [DEFICIT, 0n],
    [DEFICIT, 1n],
    [DEFICIT, LOTS],
    [-DEFICIT, 0n],
    [-DEFICIT, 1n],
    [-DEFICIT, LOTS],
  ] as const) {
    const valid = honest(deficit, lots);

    it(`charges a deficit of ${deficit} to ${lots} lots as the rule says`, async () => {
      await circuit.expectPass(valid, expected(deficit, lots));
      await hinted.expectPass({ deficit, lots }, expected(deficit, lots));
    });
    for (const forged of [
      { quotient: valid.quotient + 1n },
      { quotient: valid.quotient - 1n },
      { quotient: -valid.quotient },
      { isAbove: 1n - valid.isAbove },
      { isBelow: 1n - valid.isBelow },
      { isAbove: 0n, isBelow: 0n, quotient: 0n },
      { isAbove: 0n, isBelow: 1n, quotient: -LIMIT },
      { isAbove: 1n, isBelow: 0n, quotient: LIMIT },
    ]) {
      const changed = { ...valid, ...forged };
      if (JSON.stringify(Object.values(changed).map(String)) === JSON.stringify(Object.values(valid).map(String)))
        continue;
      const words = Object.entries(forged).map(([name, value]) => `${name} ${value}`);
      it(`refuses ${words.join(", ")} for ${deficit} over ${lots} lots`, () => circuit.expectFail(changed));
    }
  }

  it("agrees with the rule on random deficits", async () => {
    const random = new Random(6);
    for (let round = 0; round < 200; round++) {
      const deficit = random.chance(8) ? random.spread(70) : -random.spread(70);
      const lots = random.spread(45);
      await hinted.expectPass({ deficit, lots }, expected(deficit, lots));
    }
  });
});
