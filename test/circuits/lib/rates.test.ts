import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { invert } from "../../helpers/model/jubjub.ts";
import { Random } from "../../helpers/random.ts";

const RATE_ONE = 1n << 20n;
const TOP_PRICE = (1n << 27n) - 1n;
const CASES = [
  { price: 0n, rate: 0n },
  { price: 1n, rate: 1n },
  { price: 1n, rate: RATE_ONE - 1n },
  { price: TOP_PRICE, rate: RATE_ONE - 1n },
  { price: TOP_PRICE, rate: 1n },
  { price: 1n << 20n, rate: 5n },
  { price: 1_000_001n, rate: RATE_ONE / 20n },
];
const down = (price: bigint, rate: bigint) => (price * rate) / RATE_ONE;
const up = (price: bigint, rate: bigint) => (price * rate + RATE_ONE - 1n) / RATE_ONE;

for (const { name, exact } of [
  { name: "MulRateUp", exact: up },
  { name: "MulRateDown", exact: down },
]) {
  describe(name, () => {
    let circuit: TestCircuit;
    before(async () => {
      circuit = await testCircuit({ file: `lib/${name}.circom`, tags: { price: 27, rate: 20 } });
    });

    for (const { price, rate } of CASES) {
      it(`of ${price} at ${rate} is ${exact(price, rate)}`, () =>
        circuit.expectPass({ price, rate }, { out: exact(price, rate) }));
    }

    it("agrees with the integer formula on random values", async () => {
      const random = new Random(31);
      for (let i = 0; i < 60; i++) {
        const [price, rate] = [random.spread(27), random.spread(20)];
        await circuit.expectPass({ price, rate }, { out: exact(price, rate) });
      }
    });

    it("binds its result", () => circuit.expectBound({ price: 1_000_001n, rate: 52_428n }, "out"));
  });
}

describe("AssertMulRateUp", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "lib/AssertMulRateUp.circom", tags: { price: 27, rate: 20 } });
  });

  for (const { price, rate } of CASES) {
    const quotient = up(price, rate);
    it(`accepts only ${quotient} for ${price} at ${rate}`, async () => {
      await circuit.expectPass({ price, rate, quotient }, { out: quotient });
      await circuit.expectFail({ price, rate, quotient: quotient + 1n });
      await circuit.expectFail({ price, rate, quotient: quotient - 1n });
    });
  }

  it("refuses a quotient that is right in the field only", async () => {
    const [price, rate] = [1_000_001n, 52_428n];
    for (const slack of [0n, 1n, RATE_ONE - 1n].filter((value) => (price * rate + value) % RATE_ONE !== 0n)) {
      await circuit.expectFail({ price, rate, quotient: (price * rate + slack) * invert(RATE_ONE) });
    }
  });
});
