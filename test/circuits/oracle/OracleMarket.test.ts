import { expect } from "chai";
import { MARKET_STATE_FIELDS, marketStateFields } from "../../../prover/witness/roundInputs.ts";
import { stepMarket } from "../../../verifier/model/marketRound.ts";
import type { OracleMarket } from "../../../verifier/model/oracle.ts";
import { ORACLE_MARKET_FIELDS, type OracleMarketParameters } from "../../../verifier/model/parameters.ts";
import { type CircuitInput, type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";
import { CALM, GENESIS_SEC, randomMarket, randomMarketParameters } from "../../helpers/roundScenario.ts";

const REPORTS = 4;
const QUORUM = 3;
const RATE_OFFSET = 1n << 20n;

/** The template with its inputs checked as OracleRound checks them, and its state as lists. */
const MAIN = `
pragma circom 2.2.0;
include "./AssertMarketParameters.circom";
include "./AssertMarketState.circom";
include "./OracleMarket.circom";
template Main(n, quorum) {
    signal input old[13]; signal input parameters[14];
    signal input deviationSquared; signal input timestamp;
    signal input counted[n]; signal input prices[n]; signal input rates[n];
    component state = AssertMarketState(); state.fields <== old;
    component limits = AssertMarketParameters(); limits.fields <== parameters;
    component market = OracleMarket(n, quorum);
    market.old <== state.out; market.parameters <== limits.out; market.counted <== counted;
    signal {maxbit} k2 <== AssertUint(12)(deviationSquared); market.deviationSquared <== k2;
    signal {maxbit} time <== AssertUint(40)(timestamp); market.timestamp <== time;
    signal {maxbit} price[n]; price.maxbit = 27; signal {maxbit} rate[n]; rate.maxbit = 21;
    for (var i = 0; i < n; i++) { price[i] <== AssertUint(27)(prices[i]); rate[i] <== AssertUint(21)(rates[i]); }
    market.prices <== price; market.rates <== rate;
    ${MARKET_STATE_FIELDS.map((name) => `signal output ${name} <== market.next.${name};`).join("\n    ")}
}
component main = Main(${REPORTS}, ${QUORUM});`;

type Case = {
  readonly old: OracleMarket;
  readonly parameters: OracleMarketParameters;
  readonly deviationSquared: bigint;
  readonly timestamp: bigint;
  readonly counted: readonly boolean[];
  readonly prices: readonly bigint[];
  readonly fundingRates: readonly bigint[];
};

function input({ old, parameters, deviationSquared, timestamp, counted, prices, fundingRates }: Case): CircuitInput {
  return {
    old: marketStateFields(old),
    parameters: ORACLE_MARKET_FIELDS.map((name) => parameters[name]),
    deviationSquared,
    timestamp,
    counted: counted.map(Number),
    prices,
    rates: fundingRates.map((rate) => rate + RATE_OFFSET),
  };
}

function modelled({ old, parameters, deviationSquared, timestamp, counted, prices, fundingRates }: Case): OracleMarket {
  const present = counted.map((bit, slot) => bit && prices[slot] !== 0n);
  if (present.filter(Boolean).length < QUORUM) return old;
  const reports = {
    prices: prices.filter((_, slot) => present[slot]),
    fundingRates: fundingRates.filter((_, slot) => present[slot]),
  };
  return stepMarket(old, reports, parameters, timestamp, deviationSquared).next;
}

function randomCase(random: Random): Case {
  const timestamp = GENESIS_SEC + 1n;
  const old = randomMarket(random, timestamp - 1n);
  const near = random.chance(8);
  const price = () => {
    if (random.chance(2)) return 0n;
    const moved = old.mark + (near ? random.between(-3n, 3n) : random.between(-old.mark, old.mark));
    return moved < 1n ? 1n : moved >= 1n << 27n ? (1n << 27n) - 1n : moved;
  };
  const slots = Array.from({ length: REPORTS });
  return {
    old,
    parameters: random.chance(4) ? CALM : randomMarketParameters(random),
    deviationSquared: random.spread(12),
    timestamp,
    counted: slots.map(() => random.chance(15)),
    prices: slots.map(price),
    fundingRates: slots.map(() => random.between(-RATE_OFFSET, RATE_OFFSET - 1n) >> random.between(0n, 20n)),
  };
}

describe("OracleMarket", () => {
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "oracle/OracleMarket.circom", text: MAIN });
  });
  const agrees = (given: Case) => circuit.expectPass(input(given), { ...modelled(given) });

  const calm: Case = {
    old: {
      mark: 6_000_000n,
      median: 6_000_000n,
      fundingIndex: -3n,
      maintenanceRate: 30_000n,
      initialRate: 60_000n,
      updatedAt: GENESIS_SEC - 12n,
      breakerUntil: 0n,
      variance: 9_000n,
      weight: 30_000n,
      fundingFraction: 5n,
      anchor: 6_000_000n,
      anchorAt: GENESIS_SEC - 3_000n,
      breakerLevel: 0n,
    },
    parameters: CALM,
    deviationSquared: 64n,
    timestamp: GENESIS_SEC,
    counted: [true, true, true, true],
    prices: [6_000_100n, 6_000_200n, 6_000_300n, 6_000_400n],
    fundingRates: [10n, 20n, 30n, 40n],
  };

  it("agrees with the model in ordinary life", () => agrees(calm));

  const edges: Record<
    string,
    Partial<Case> & { market?: Partial<OracleMarket>; limits?: Partial<OracleMarketParameters> }
  > = {
    "without enough prices, by leaving the market as it was": { prices: [6_000_100n, 0n, 0n, 6_000_400n] },
    "without enough counted reports, by leaving the market as it was": { counted: [true, false, true, false] },
    "with exactly a quorum of prices": { prices: [6_000_100n, 6_000_200n, 0n, 6_000_400n] },
    "when the price crashes beyond reach": { prices: [1n, 1n, 1n, 1n] },
    "when the price jumps to the top of its range": { prices: [134_217_727n, 134_217_727n, 134_217_727n, 1n] },
    "when the mark is one tick": { market: { mark: 1n, median: 1n } },
    "when the mark is at the top": { market: { mark: 134_217_727n } },
    "when nothing moves": { prices: [6_000_000n, 6_000_000n, 6_000_000n, 6_000_000n], fundingRates: [0n, 0n, 0n, 0n] },
    "after a pause longer than the longest step": { market: { updatedAt: GENESIS_SEC - 70_000n } },
    "after exactly the longest step": { market: { updatedAt: GENESIS_SEC - 65_535n } },
    "while the breaker runs": { market: { breakerUntil: GENESIS_SEC + 1n } },
    "in the second when the breaker ends": { market: { breakerUntil: GENESIS_SEC } },
    "when the breaker ended within the step": { market: { breakerUntil: GENESIS_SEC - 5n } },
    "when the price has walked from its anchor, though not out of reach": { market: { anchor: 4_800_000n } },
    "when it jumps soon after a breaker": {
      market: { breakerUntil: GENESIS_SEC - 5n, breakerLevel: 2n },
      prices: [1n, 1n, 1n, 1n],
    },
    "when it jumps while the breaker is set": {
      market: { breakerUntil: GENESIS_SEC + 5n, breakerLevel: 1n },
      prices: [1n, 1n, 1n, 1n],
    },
    "when the anchor is due": { market: { anchorAt: GENESIS_SEC - 3_600n } },
    "when the anchor is due and lost": { market: { anchor: 4_800_000n, anchorAt: GENESIS_SEC - 3_600n } },
    "with the largest variance and the widest parameters": {
      market: { variance: (1n << 32n) - 1n, updatedAt: GENESIS_SEC - 65_535n },
      limits: { varianceFloor: (1n << 32n) - 1n, timeConstantSec: 1n, horizonSec: (1n << 24n) - 1n },
      deviationSquared: 4_095n,
      prices: [134_217_727n, 134_217_727n, 134_217_727n, 1n],
    },
    "when the variance saturates": {
      market: { variance: (1n << 32n) - 1n, mark: 1n, updatedAt: GENESIS_SEC - 1n },
      limits: { timeConstantSec: 1n },
      deviationSquared: 4_095n,
      prices: [134_217_727n, 134_217_727n, 134_217_727n, 134_217_727n],
    },
    "when deviation is allowed no more than a tick": { deviationSquared: 0n },
    "when funding would leave its range upwards": {
      market: { fundingIndex: (1n << 25n) - 1n, fundingFraction: (1n << 36n) - 1n },
      limits: { fundingCap: (1n << 20n) - 1n },
      fundingRates: [1_000_000n, 1_000_000n, 1_000_000n, 1_000_000n],
    },
    "when funding would leave its range downwards": {
      market: { fundingIndex: 1n - (1n << 25n), fundingFraction: 0n },
      fundingRates: [-9n, -9n, -9n, -9n],
    },
    "when the funding rate is beyond its cap": { fundingRates: [-1_048_576n, -1_048_576n, -1_048_576n, 1_048_575n] },
    "when the medians of the rates lie on both sides of zero": { fundingRates: [-7n, -3n, 4n, 9n] },
    "when the notice decides the initial rate": {
      market: { maintenanceRate: 200_000n },
      limits: { initialMultiple: 16n },
    },
    "when rates may not move": { limits: { maintenanceStep: 0n } },
  };
  for (const [title, { market, limits, ...rest }] of Object.entries(edges)) {
    it(`agrees with the model ${title}`, () =>
      agrees({ ...calm, ...rest, old: { ...calm.old, ...market }, parameters: { ...CALM, ...limits } }));
  }

  it("agrees with the model on 300 random markets", async () => {
    const random = new Random(20251010);
    let stepped = 0;
    for (let i = 0; i < 300; i++) {
      const given = randomCase(random);
      await agrees(given);
      if (modelled(given) !== given.old) stepped++;
    }
    expect(stepped).to.be.greaterThan(150);
  });

  it("refuses a market that was updated after the round", () =>
    circuit.expectFail(input({ ...calm, old: { ...calm.old, updatedAt: calm.timestamp + 1n } })));

  it("refuses a mark of zero, which no state has", () =>
    circuit.expectFail(input({ ...calm, old: { ...calm.old, mark: 0n } })));

  for (const name of MARKET_STATE_FIELDS) {
    it(`binds the new ${name}`, () => circuit.expectBound(input(calm), name));
  }
});
