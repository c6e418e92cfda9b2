import { certificate } from "../../../verifier/model/certificate.ts";
import { health } from "../../../verifier/model/margin.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { MARKETS_FROM_INPUT, marketFields } from "../../helpers/marketFields.ts";
import { emptyWorld } from "../../helpers/model/engine.ts";
import { genesis, parameters } from "../../helpers/model/instance.ts";
import { Random } from "../../helpers/random.ts";
import { randomSituation, type Situation } from "../../helpers/randomSituation.ts";

const MAIN = `
pragma circom 2.2.0;
include "./Certificate.circom";
include "./PositionExposure.circom";
template Main(markets) {
    signal input quote;
    signal input size[markets];
    ${MARKETS_FROM_INPUT}
    component held = PositionExposure(markets, 40);
    held.size <== size;
    held.market <== market;
    _ <== held.isLegal;
    signal output health <== quote + held.exposure.value;
    signal output lanes[2 * markets] <== Certificate(markets)(
        held.exposure.absolute, held.exposure.isShort, held.exposure.isFlat, health, market
    );
}
component main { public [quote, size, fields] } = Main(2);`;

const LARGEST = (1n << 40n) - 1n;

describe("Certificate", () => {
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/Certificate.circom", text: MAIN });
  });

  async function agrees(
    { state, oracle, context }: Situation,
    position: { readonly quote: bigint; readonly sizes: readonly bigint[] },
  ): Promise<void> {
    const terms = marketTerms(state, oracle, context.parameters);
    await circuit.expectPass(
      { quote: position.quote, size: position.sizes, fields: terms.markets.map(marketFields) },
      { health: health(position, terms), lanes: certificate(position, terms) },
    );
  }

  const ordinary = { state: emptyWorld.state, oracle: genesis, context: { parameters } } as Situation;

  for (const [title, quote, sizes] of [
    ["no position", 5n, [0n, 0n]],
    ["one long, whose bound is its liquidation price", 10n ** 10n, [10_000n, 0n]],
    ["one short", 10n ** 10n, [-10_000n, 0n]],
    ["two positions that share the slack", 10n ** 10n, [10_000n, -40_000n]],
    ["an account that is already below maintenance", -(10n ** 10n), [10_000n, -40_000n]],
    ["health of exactly zero", -5_820_001n * 10_000n, [10_000n, 0n]],
    ["more slack than a lane can say", (1n << 63n) - 1n, [1n, -1n]],
    ["less slack than a lane can say", -(1n << 63n), [1n, -1n]],
    ["the largest long and the largest short", 0n, [LARGEST, -LARGEST]],
  ] as const) {
    it(`agrees with the model for ${title}`, () => agrees(ordinary, { quote, sizes }));
  }

  it("agrees with the model on random accounts and markets", async () => {
    const random = new Random(21);
    for (let round = 0; round < 60; round++) {
      const sizes = [0, 1].map(() => (random.chance(8) ? 1n : -1n) * random.spread(40));
      const quote = (random.chance(8) ? 1n : -1n) * random.spread(63);
      await agrees(randomSituation(random), { quote, sizes });
    }
  });

  it("refuses a size beyond 2^40", async () => {
    const terms = marketTerms(ordinary.state, genesis, parameters);
    const input = { quote: 0n, size: [LARGEST, 0n], fields: terms.markets.map(marketFields) };
    await circuit.expectPass(input);
    await circuit.expectFail({ ...input, size: [LARGEST + 1n, 0n] });
  });
});
