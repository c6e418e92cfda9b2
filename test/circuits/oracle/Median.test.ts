import { expect } from "chai";
import { nearestMedian } from "../../../verifier/model/median.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const BITS = 6;
const TOP = (1n << BigInt(BITS)) - 1n;

type Case = { readonly values: readonly bigint[]; readonly present: readonly boolean[]; readonly anchor: bigint };
const expected = ({ values, present, anchor }: Case) =>
  nearestMedian(
    values.filter((_, i) => present[i]),
    anchor,
  );
const input = ({ values, present, anchor }: Case) => ({ values, present: present.map(Number), anchor });

const all = [true, true, true, true];
const CASES: Record<string, Case> = {
  "no value": { values: [1n, 2n, 3n, 4n], present: [false, false, false, false], anchor: 9n },
  "one value": { values: [1n, 2n, 3n, 4n], present: [false, false, true, false], anchor: 9n },
  "two values around the anchor": { values: [1n, 20n, 3n, 4n], present: [true, true, false, false], anchor: 9n },
  "two values above the anchor": { values: [10n, 20n, 3n, 4n], present: [true, true, false, false], anchor: 9n },
  "two values below the anchor": { values: [1n, 2n, 3n, 4n], present: [true, true, false, false], anchor: 9n },
  "three values": { values: [30n, 2n, 10n, 4n], present: [true, true, true, false], anchor: 0n },
  "four values, the anchor inside": { values: [30n, 2n, 10n, 5n], present: all, anchor: 7n },
  "four values, the anchor at the lower end": { values: [30n, 2n, 10n, 5n], present: all, anchor: 5n },
  "four values, the anchor at the upper end": { values: [30n, 2n, 10n, 5n], present: all, anchor: 10n },
  "four values, the anchor below": { values: [30n, 2n, 10n, 5n], present: all, anchor: 4n },
  "four values, the anchor above": { values: [30n, 2n, 10n, 5n], present: all, anchor: 11n },
  "equal values": { values: [7n, 7n, 7n, 7n], present: all, anchor: 3n },
  "equal middle values": { values: [7n, 1n, 7n, 9n], present: all, anchor: 3n },
  "the edges of the range": { values: [0n, 0n, TOP, TOP], present: all, anchor: TOP },
};

describe("Median", () => {
  let circuit: TestCircuit;
  let asserted: TestCircuit;
  before(async () => {
    const source = { parameters: [4, BITS], tags: { "*": BITS } };
    circuit = await testCircuit({ file: "oracle/Median.circom", ...source });
    asserted = await testCircuit({ file: "oracle/AssertMedian.circom", ...source });
  });

  for (const [title, given] of Object.entries(CASES)) {
    it(`is ${expected(given)} of ${title}`, () => circuit.expectPass(input(given), { out: expected(given) }));

    it(`is no other value of the range, of ${title}`, async () => {
      for (let median = 0n; median <= TOP; median++) {
        const claim = { ...input(given), median };
        if (median === expected(given)) await asserted.expectPass(claim, { out: median });
        else await asserted.expectFail(claim);
      }
      for (const median of [-1n, TOP + 1n, TOP + 2n]) await asserted.expectFail({ ...input(given), median });
    });
  }

  it("agrees with the model on random values", async () => {
    const random = new Random(41);
    for (let i = 0; i < 300; i++) {
      const given = {
        values: all.map(() => random.spread(BITS)),
        present: all.map(() => random.chance(11)),
        anchor: random.spread(BITS),
      };
      await circuit.expectPass(input(given), { out: expected(given) });
    }
  });
});

describe("Median of sixteen", () => {
  it("agrees with the model", async () => {
    const circuit = await testCircuit({ file: "oracle/Median.circom", parameters: [16, 27], tags: { "*": 27 } });
    const random = new Random(43);
    for (let i = 0; i < 100; i++) {
      const given = {
        values: Array.from({ length: 16 }, () => random.bits(27)),
        present: Array.from({ length: 16 }, () => random.chance(12)),
        anchor: random.bits(27),
      };
      await circuit.expectPass(input(given), { out: expected(given) });
    }
    expect(circuit.constraintCount).to.equal((27 + 5) * 16 + 2 * 27 + 13);
  });
});
