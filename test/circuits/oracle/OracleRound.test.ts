import { expect } from "chai";
import { MARKET_STATE_FIELDS, roundInputs } from "../../../prover/witness/roundInputs.ts";
import { createHasher, type Hasher } from "../../../verifier/model/hasher.ts";
import { encodePriceWord, type OracleState, oracleRoot } from "../../../verifier/model/oracle.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import type { Report } from "../../../verifier/model/report.ts";
import { applyRound, type RoundContext } from "../../../verifier/model/round.ts";
import { type CircuitInput, type TestCircuit, testMain } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";
import {
  GENESIS_SEC,
  randomMarket,
  randomMarketParameters,
  roundContext,
  roundParameters,
  roundWords,
  startingOracle,
} from "../../helpers/roundScenario.ts";

const PUBLIC = [
  "oldOracleRoot",
  "newOracleRoot",
  "reporterSetRoot",
  "domain",
  "roundWord",
  "dataCommitment",
  "challenge",
  "evaluation",
] as const;

describe("OracleRound_dev", () => {
  let circuit: TestCircuit;
  let hasher: Hasher;
  let context: RoundContext;
  let old: OracleState;
  before(async () => {
    [circuit, hasher] = await Promise.all([testMain("OracleRound_dev.circom"), createHasher()]);
    context = roundContext(hasher, PROFILES.dev);
    old = startingOracle(context.parameters);
  });

  const report = (changes: Partial<Report> = {}): Report => ({
    ...{ timestamp: GENESIS_SEC + 12n, prices: [6_001_000n, 7_000_500n], fundingRates: [100n, -200n] },
    ...changes,
  });
  const usual = () => [report(), report({ prices: [6_002_000n, 7_000_000n] }), undefined, report()];
  const proven = (state: OracleState, words: readonly bigint[], given = context) => {
    const result = applyRound(state, words, given);
    return { result, inputs: roundInputs(state, words, given, result) as CircuitInput };
  };
  const valid = () => proven(old, roundWords(hasher, usual())).inputs;

  it("declares its public signals in the order of the model", async () => {
    const { result, inputs } = proven(old, roundWords(hasher, usual()));
    const witness = await circuit.expectPass(inputs);
    expect(circuit.system.publicOutputs).to.equal(0);
    expect(circuit.system.publicInputs).to.equal(result.publicSignals.length);
    expect(witness.slice(1, 1 + result.publicSignals.length)).to.deep.equal(result.publicSignals);
    PUBLIC.forEach((name, index) => {
      expect(circuit.wireOf(name)).to.equal(1 + index);
    });
    expect(circuit.wireOf("priceWord[0]")).to.equal(1 + PUBLIC.length);
  });

  for (const name of PUBLIC) {
    it(`refuses another ${name}`, () => circuit.expectFail({ ...valid(), [name]: (valid()[name] as bigint) + 1n }));
  }
  for (const market of [0, 1]) {
    it(`refuses another price word of market ${market}`, () => {
      const words = [...(valid().priceWord as bigint[])];
      words[market]! += 1n;
      return circuit.expectFail({ ...valid(), priceWord: words });
    });
  }

  for (const name of ["round", "timestamp", "tvl", "marginParametersHash"]) {
    it(`refuses another ${name} behind the same roots`, () =>
      circuit.expectFail({ ...valid(), [name]: (valid()[name] as bigint) + 1n }));
  }
  for (const name of ["words", "keyX", "keyY", "tvlTier", "deviationTable"]) {
    it(`refuses other ${name} behind the same commitments`, () => {
      const [first = 0n, ...rest] = valid()[name] as bigint[];
      return circuit.expectFail({ ...valid(), [name]: [first + 1n, ...rest] });
    });
  }
  it("refuses an old state whose fields overlap in their word", () => {
    const [[mark = 0n, median = 0n, ...others] = [], second = []] = valid().oldMarket as bigint[][];
    return circuit.expectFail({ ...valid(), oldMarket: [[mark + (1n << 27n), median - 1n, ...others], second] });
  });

  describe("when a market jumps soon after a breaker", () => {
    const jumped = () => {
      const [first, ...others] = old.markets;
      const past = { breakerUntil: GENESIS_SEC - 5n, breakerLevel: 1n, anchorAt: GENESIS_SEC - 9_000n };
      const recent = { ...first!, ...past, variance: 1_000_000n };
      const state = { ...old, markets: [recent, ...others] };
      const jump = report({ prices: [9_000_000n, 7_000_000n] });
      return proven(state, roundWords(hasher, [jump, jump, jump, jump]));
    };

    it("proves the state of the model", async () => {
      const { result, inputs } = jumped();
      const [market] = result.next.markets;
      expect([market!.breakerLevel, market!.breakerUntil]).to.deep.equal([2n, GENESIS_SEC + 12n + 4n * 600n]);
      expect([market!.anchor, market!.anchorAt]).to.deep.equal([market!.mark, GENESIS_SEC + 12n]);
      expect(market!.maintenanceRate > old.markets[0]!.maintenanceRate).to.equal(true);
      await circuit.expectPass(inputs);
    });

    for (const name of MARKET_STATE_FIELDS) {
      for (const off of [1n, -1n]) {
        it(`refuses a new state whose ${name} is ${off} off, under roots and words that say so`, async () => {
          const { result, inputs } = jumped();
          const [market, ...others] = result.next.markets;
          const next = { ...result.next, markets: [{ ...market!, [name]: market![name] + off }, ...others] };
          const newOracleRoot = oracleRoot(hasher, next, context.parameters);
          await circuit.expectFail({ ...inputs, newOracleRoot, priceWord: next.markets.map(encodePriceWord) });
        });
      }
    }
  });

  describe("when reports are missing or bad", () => {
    it("proves a round of exactly a quorum", () => circuit.expectPass(valid()));

    it("leaves a market without enough prices as it was", async () => {
      const words = roundWords(hasher, [report({ prices: [6_001_000n, 0n] }), report(), report(), undefined]);
      const { result, inputs } = proven(old, words);
      expect(result.next.markets[1]).to.equal(old.markets[1]);
      await circuit.expectPass(inputs);
    });

    it("counts neither an old report nor one with a bad signature, and still proves the rest", async () => {
      const words = roundWords(hasher, [report(), report(), report(), report({ timestamp: GENESIS_SEC })]);
      await circuit.expectPass(proven(old, words).inputs);
      const forged = roundWords(hasher, [report(), report(), report(), report()]).map((w, i) =>
        i === 15 ? w + 1n : w,
      );
      await circuit.expectPass(proven(old, forged).inputs);
    });

    it("refuses a round below the quorum, even one that changes nothing but the time", async () => {
      const silent = report({ prices: [0n, 0n] });
      const lenient = { ...context, profile: { ...PROFILES.dev, faulty: 0 } }; // the model asks for one report
      const enough = roundWords(hasher, [silent, silent, silent, undefined]);
      await circuit.expectPass(proven(old, enough, lenient).inputs);
      const few = roundWords(hasher, [silent, silent, undefined, undefined]);
      await circuit.expectFail(proven(old, few, lenient).inputs);
    });
  });

  it("proves ten rounds in a row, each from the state of the one before", async () => {
    const random = new Random(53);
    let state = old;
    for (let i = 0; i < 10; i++) {
      const timestamp = state.timestamp + random.between(1n, 90n);
      const reports = [0, 1, 2, 3].map(() =>
        report({
          timestamp: timestamp + random.between(0n, 3n),
          prices: state.markets.map(({ mark }) => mark + random.between(-mark / 50n, mark / 50n)),
          fundingRates: state.markets.map(() => random.between(-20_000n, 20_000n)),
        }),
      );
      if (random.chance(6)) reports[Number(random.bits(2))] = undefined as never; // one reporter is silent
      const { result, inputs } = proven(state, roundWords(hasher, reports));
      await circuit.expectPass(inputs);
      state = result.next;
    }
    expect(state.round).to.equal(10n);
  });

  it("agrees with the model on twelve random states, parameters and rounds", async () => {
    const random = new Random(59);
    for (let i = 0; i < 12; i++) {
      const base = roundParameters(PROFILES.dev);
      const markets = [randomMarketParameters(random), randomMarketParameters(random)];
      const parameters = { ...base, oracle: { ...base.oracle, markets } };
      const given = { ...context, parameters, tvl: random.spread(63) };
      const state = {
        round: random.spread(39),
        timestamp: GENESIS_SEC,
        markets: [randomMarket(random, GENESIS_SEC), randomMarket(random, GENESIS_SEC)],
      };
      const reports = [0, 1, 2, 3].map(() => ({
        timestamp: GENESIS_SEC + random.between(1n, 30n),
        prices: [random.spread(27), random.spread(27)],
        fundingRates: [random.between(-1_048_576n, 1_048_575n), random.between(-1_048_576n, 1_048_575n)],
      }));
      await circuit.expectPass(proven(state, roundWords(hasher, reports), given).inputs);
    }
  });
});
