import { expect } from "chai";
import { clamp, divideDown } from "../../../verifier/model/arithmetic.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const ONE = 1n << 20n;
const OFFSET = 1n << 28n;
const LIMIT = OFFSET - 1n;
const SLACK = 1n << 49n;

function honest(kappa: bigint, slack: bigint, weight: bigint) {
  const bound = kappa - divideDown(slack * weight, ONE);
  const lane = clamp(bound, -LIMIT, LIMIT) + OFFSET;
  return { kappa, slack, weight, lane, isAbove: BigInt(bound > LIMIT), isBelow: BigInt(bound < -LIMIT) };
}

describe("AssertBoundLane", () => {
  let circuit: TestCircuit;
  let hinted: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/AssertBoundLane.circom" });
    hinted = await testCircuit({ file: "margin/BoundLane.circom" });
  });

  it("costs 115 constraints", () => expect(circuit.constraintCount).to.equal(115));

  for (const [title, kappa, slack, weight] of [
    ["no slack", 6_000_000n, 0n, 1_000n],
    ["slack that rounds down", 6_000_000n, 1n, 1n],
    ["negative slack that rounds down", 6_000_000n, -1n, 1n],
    ["slack that divides evenly", -5n, 3n * ONE, 7n],
    ["the last bound below the upper clamp", LIMIT - 1n, -1n, 1n],
    ["a bound at the upper clamp", LIMIT, 0n, 1n],
    ["a bound just above the upper clamp", LIMIT, -1n, 1n],
    ["a bound at the lower clamp", -LIMIT, 0n, 1n],
    ["a bound just below the lower clamp", -LIMIT, ONE, 1n],
    ["a bound a fraction below the lower clamp, which rounds up to it", -LIMIT, ONE - 1n, 1n],
    ["the largest slack", LIMIT, SLACK, LIMIT],
    ["the smallest slack", -LIMIT, -SLACK, LIMIT],
    ["no weight", -LIMIT, -SLACK, 0n],
  ] as const) {
    const valid = honest(kappa, slack, weight);

    it(`makes the lane of ${title}`, async () => {
      await circuit.expectPass(valid);
      await hinted.expectPass({ kappa, slack, weight }, { out: valid.lane });
    });
    for (const forged of [
      { lane: valid.lane + 1n },
      { lane: valid.lane - 1n },
      { isAbove: 1n - valid.isAbove },
      { isBelow: 1n - valid.isBelow },
      { isAbove: 1n, isBelow: 0n, lane: LIMIT + OFFSET },
      { isAbove: 0n, isBelow: 1n, lane: 1n },
      { isAbove: 0n, isBelow: 0n, lane: 0n },
      { isAbove: 0n, isBelow: 0n, lane: LIMIT + OFFSET + 1n },
      { isAbove: 1n, isBelow: 1n },
    ]) {
      const changed = { ...valid, ...forged };
      if (Object.entries(changed).every(([name, value]) => valid[name as keyof typeof valid] === value)) continue; // same names
      const words = Object.entries(forged).map(([name, value]) => `${name} ${value}`);
      it(`refuses ${words.join(", ")} for ${title}`, () => circuit.expectFail(changed));
    }
  }

  it("agrees with the model on random bounds", async () => {
    const random = new Random(6);
    for (let round = 0; round < 200; round++) {
      const [kappa, slack] = [random.spread(28), random.spread(49)].map((x) => (random.chance(8) ? x : -x)) as [
        bigint,
        bigint,
      ];
      const weight = random.spread(28);
      await hinted.expectPass({ kappa, slack, weight }, { out: honest(kappa, slack, weight).lane });
    }
  });
});
