import { encodePriceWord, encodeRiskWord, type OracleState } from "../../../verifier/model/oracle.ts";
import type { Parameters } from "../../../verifier/model/parameters.ts";
import type { State } from "../../../verifier/model/state.ts";
import { marketTerms } from "../../../verifier/model/terms.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { MARKET_FIELDS, marketFields } from "../../helpers/marketFields.ts";
import { emptyWorld } from "../../helpers/model/engine.ts";
import { GENESIS_TIME, genesis, parameters } from "../../helpers/model/instance.ts";
import { Random } from "../../helpers/random.ts";
import { randomSituation } from "../../helpers/randomSituation.ts";

const MAIN = `
pragma circom 2.2.0;
include "./MarketTerms.circom";
include "./ChargedMarkets.circom";
template Main() {
    signal input priceWord; signal input riskWord; signal input staleSec;
    signal input parameters[5]; signal input lossLong; signal input lossShort;
    Market() free[1];
    free[0] <== MarketTerms()(priceWord, riskWord, staleSec, parameters);
    Market() charged[1] <== ChargedMarkets(1)(free, [lossLong], [lossShort]);
    signal output fields[${MARKET_FIELDS.length}];
    ${MARKET_FIELDS.map((name, index) => `fields[${index}] <== charged[0].${name};`).join("\n    ")}
}
component main { public [priceWord, riskWord, staleSec, parameters, lossLong, lossShort] } = Main();`;

function inputOf(state: State, oracle: OracleState, { margin }: Parameters, at: number) {
  const { bandRate, discountRate, penaltyRate, sizeSlope, openInterestSlope } = margin.markets[at]!;
  return {
    priceWord: encodePriceWord(oracle.markets[at]!),
    riskWord: encodeRiskWord(oracle.markets[at]!),
    staleSec: margin.staleSec,
    parameters: [sizeSlope, openInterestSlope, bandRate, discountRate, penaltyRate],
    lossLong: state.markets[at]!.lossLong,
    lossShort: state.markets[at]!.lossShort,
  };
}

describe("MarketTerms, and ChargedMarkets after it", () => {
  const { state } = emptyWorld;
  const valid = inputOf(state, genesis, parameters, 0);
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "margin/MarketTerms.circom", text: MAIN });
  });

  const agrees = (given: State, oracle: OracleState, terms: Parameters, at: number) =>
    circuit.expectPass(inputOf(given, oracle, terms, at), {
      fields: marketFields(marketTerms(given, oracle, terms).markets[at]!),
    });

  it("agrees with the model at genesis", () => agrees(state, genesis, parameters, 0));

  for (const [title, change] of [
    ["a median below the mark", { median: 5_999_999n }],
    ["a median above the mark", { median: 6_000_001n }],
    ["the largest price", { mark: (1n << 27n) - 1n, median: (1n << 27n) - 1n }],
    ["the smallest price", { mark: 1n, median: 1n }],
    ["the largest maintenance rate", { maintenanceRate: (1n << 19n) - 1n }],
    ["funding at its limits", { fundingIndex: 1n - (1n << 25n) }],
    ["a price as old as allowed", { updatedAt: GENESIS_TIME - 120n }],
    ["a price one second older", { updatedAt: GENESIS_TIME - 121n }],
    ["a breaker that ends now", { breakerUntil: GENESIS_TIME }],
    ["a breaker that ends in a second", { breakerUntil: GENESIS_TIME + 1n }],
    ["a stale price and a breaker", { updatedAt: 0n, breakerUntil: (1n << 40n) - 1n }],
  ] as const) {
    it(`agrees with the model on ${title}`, () => {
      const markets = genesis.markets.map((market, at) => (at === 0 ? { ...market, ...change } : market));
      return agrees(state, { ...genesis, markets }, parameters, 0);
    });
  }

  it("agrees with the model on random markets", async () => {
    const random = new Random(31);
    for (let round = 0; round < 40; round++) {
      const { state: any, oracle, context } = randomSituation(random);
      await agrees(any, oracle, context.parameters, round % 2);
    }
  });

  it("refuses bits above the words", async () => {
    await circuit.expectPass(valid);
    await circuit.expectFail({ ...valid, priceWord: valid.priceWord + (1n << 200n) });
    await circuit.expectFail({ ...valid, riskWord: valid.riskWord + (1n << 165n) });
  });

  it("refuses a weight of zero", () => circuit.expectFail({ ...valid, riskWord: 0n }));

  it("refuses a maintenance rate of one half or more", () =>
    circuit.expectFail({ ...valid, priceWord: valid.priceWord | (1n << 99n) }));
});
