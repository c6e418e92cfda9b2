import { expect } from "chai";
import { packBox } from "../../../verifier/model/account.ts";
import { FIELD } from "../../../verifier/model/field.ts";
import { widestBox } from "../../../verifier/model/node.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const LANE_MAX = (1n << 29n) - 1n;
const STRIDE = 1n << 31n;

describe("AssertLanesMax", () => {
  const valid = {
    ownLanes: [5n, 0n, LANE_MAX, 1n << 28n],
    siblingBox: packBox([7n, LANE_MAX, 0n, 1n << 28n]),
    siblingLanes: [7n, LANE_MAX, 0n, 1n << 28n],
  };
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "tree/AssertLanesMax.circom", parameters: [4] });
  });

  it("takes the larger lane of each pair, at both ends of the range", () =>
    circuit.expectPass(valid, { out: [7n, LANE_MAX, LANE_MAX, 1n << 28n] }));

  it("costs 31 constraints a lane", () => expect(circuit.constraintCount).to.equal(4 * 31));

  for (const { title, forge } of [
    { title: "a larger lane", forge: (lanes: bigint[]) => [lanes[0]! + 1n, ...lanes.slice(1)] },
    { title: "a smaller lane", forge: (lanes: bigint[]) => [lanes[0]! - 1n, ...lanes.slice(1)] },
    { title: "two lanes swapped", forge: ([a, b, ...rest]: bigint[]) => [b!, a!, ...rest] },
    {
      title: "a carry from one lane into the next",
      forge: ([a, b, ...rest]: bigint[]) => [a! - STRIDE, b! + 1n, ...rest],
    },
    { title: "a borrow from the next lane", forge: ([a, b, ...rest]: bigint[]) => [a! + STRIDE, b! - 1n, ...rest] },
    {
      title: "the whole box in the first lane",
      forge: () => [packBox([7n, LANE_MAX, 0n, 1n << 28n]), 0n, 0n, 0n],
    },
    {
      title: "lanes that share the sum modulo the field",
      forge: (lanes: bigint[]) => [lanes[0]! + FIELD - STRIDE, lanes[1]! + 1n, ...lanes.slice(2)],
    },
  ]) {
    it(`refuses ${title}`, () => circuit.expectFail({ ...valid, siblingLanes: forge([...valid.siblingLanes]) }));
  }

  it("refuses forged lanes that keep the packed sum, in the last pair too", () =>
    circuit.expectFail({ ...valid, siblingLanes: [7n, LANE_MAX, STRIDE, (1n << 28n) - 1n] }));

  it("agrees with the model on random boxes", async () => {
    const random = new Random(11);
    for (let round = 0; round < 40; round++) {
      const [own, sibling] = [0, 1].map(() => Array.from({ length: 4 }, () => random.spread(29))) as [
        bigint[],
        bigint[],
      ];
      const widest = widestBox(packBox(own), packBox(sibling));
      const out = Array.from({ length: 4 }, (_, lane) => (widest >> (31n * BigInt(lane))) % STRIDE);
      await circuit.expectPass({ ownLanes: own, siblingBox: packBox(sibling), siblingLanes: sibling }, { out });
    }
  });
});
