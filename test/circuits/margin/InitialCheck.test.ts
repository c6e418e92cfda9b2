import { expect } from "chai";
import { equityWorst, initialOk, initialSlack } from "../../../verifier/model/margin.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { MARKETS_FROM_INPUT, marketFields } from "../../helpers/marketFields.ts";
import { emptyWorld } from "../../helpers/model/engine.ts";
import { GENESIS_TIME, genesis, parameters } from "../../helpers/model/instance.ts";
import { Random } from "../../helpers/random.ts";
import { randomSituation, type Situation } from "../../helpers/randomSituation.ts";

const MAIN = `
pragma circom 2.2.0;
include "./InitialCheck.circom";
include "./PositionExposure.circom";
template Main(markets) {
    signal input quote;
    signal input size[markets];
    signal input openInterest[markets];
    signal input isStale[markets];
    signal input minimumMargin;
    ${MARKETS_FROM_INPUT}
    component held = PositionExposure(markets, 41);
    held.size <== size;
    held.market <== market;
    signal output isLegal <== held.isLegal;
    signal output out <== InitialCheck(markets)(quote, size, held.exposure, openInterest, market, isStale, minimumMargin);
}
component main { public [quote, size, openInterest, minimumMargin, fields] } = Main(2);`;

describe("InitialCheck", () => {
  const ordinary = { state: emptyWorld.state, oracle: genesis, context: { parameters } } as Situation;
  const terms = marketTerms(ordinary.state, genesis, parameters);
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/InitialCheck.circom", text: MAIN });
  });

  async function agrees(
    { state, oracle, context }: Situation,
    position: { readonly quote: bigint; readonly sizes: readonly bigint[] },
    openInterest: readonly bigint[],
  ): Promise<boolean> {
    const given = marketTerms(state, oracle, context.parameters);
    const answer = initialOk(position, given, openInterest);
    const { quote, sizes } = position;
    const fields = given.markets.map(marketFields);
    const isStale = given.markets.map((market) => BigInt(market.stale));
    await circuit.expectPass(
      { quote, size: sizes, openInterest, minimumMargin: given.minimumMargin, isStale, fields },
      { out: BigInt(answer) },
    );
    return answer;
  }

  for (const sizes of [
    [30_000n, 0n],
    [-30_000n, 0n],
    [30_000n, -70_000n],
  ]) {
    it(`answers yes down to the last unit for sizes ${sizes.join(" and ")}, and no below it`, async () => {
      const openInterest = [1_000_000n, 2_000_000n];
      const slack = initialSlack({ quote: 0n, sizes }, terms, openInterest);
      const quote = -slack / (1n << 40n) + (slack < 0n && -slack % (1n << 40n) !== 0n ? 1n : 0n);
      expect(await agrees(ordinary, { quote, sizes }, openInterest)).to.equal(true);
      expect(await agrees(ordinary, { quote: quote - 1n, sizes }, openInterest)).to.equal(false);
    });
  }

  it("asks for the minimum margin as soon as there is a position", async () => {
    const sizes = [0n, 1n];
    const quote = terms.minimumMargin - equityWorst({ quote: 0n, sizes }, terms);
    const free = marketTerms(ordinary.state, genesis, parameters).markets.map((market) => ({
      ...market,
      initialRate: 0n,
      sizeSlope: 0n,
      openInterestSlope: 0n,
    }));
    const input = {
      size: sizes,
      openInterest: [0n, 0n],
      minimumMargin: terms.minimumMargin,
      fields: free.map(marketFields),
      isStale: [0n, 0n],
    };
    await circuit.expectPass({ ...input, quote }, { out: 1n });
    await circuit.expectPass({ ...input, quote: quote - 1n }, { out: 0n });
  });

  it("asks an account without positions for nothing but quote >= 0", async () => {
    expect(await agrees(ordinary, { quote: 0n, sizes: [0n, 0n] }, [0n, 0n])).to.equal(true);
    expect(await agrees(ordinary, { quote: -1n, sizes: [0n, 0n] }, [0n, 0n])).to.equal(false);
  });

  it("says no to a position in a stale market, and yes to one beside it", async () => {
    const markets = genesis.markets.map((market, at) =>
      at === 0 ? { ...market, updatedAt: GENESIS_TIME - 121n } : market,
    );
    const stale = { ...ordinary, oracle: { ...genesis, markets } };
    expect(await agrees(stale, { quote: 10n ** 12n, sizes: [1n, 0n] }, [0n, 0n])).to.equal(false);
    expect(await agrees(stale, { quote: 10n ** 12n, sizes: [0n, 1n] }, [0n, 0n])).to.equal(true);
  });

  it("has an answer at the limits of candidate values", async () => {
    const random = new Random(2);
    const size = (1n << 41n) - 1n;
    for (const sign of [1n, -1n]) {
      for (const quote of [(1n << 70n) - 1n, 1n - (1n << 70n)]) {
        const position = { quote, sizes: [sign * size, -sign * size] };
        await agrees(randomSituation(random), position, [(1n << 45n) - 1n, -(1n << 43n)]);
      }
    }
  });

  it("agrees with the model on random accounts and markets", async () => {
    const random = new Random(41);
    for (let round = 0; round < 60; round++) {
      const sizes = [0, 1].map(() => (random.chance(8) ? 1n : -1n) * random.spread(41));
      const quote = (random.chance(12) ? 1n : -1n) * random.spread(70);
      await agrees(randomSituation(random), { quote, sizes }, [random.spread(44), random.spread(44)]);
    }
  });
});
