import { expect } from "chai";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { decodeReport, encodeReport, signReport } from "../../../verifier/model/report.ts";
import { deviationSquaredAt } from "../../../verifier/model/round.ts";
import { type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { BASE8 } from "../../helpers/model/jubjub.ts";
import { Random } from "../../helpers/random.ts";
import { DOMAIN, GENESIS_SEC, reporterKeys, roundParameters, roundWords } from "../../helpers/roundScenario.ts";

describe("DeviationThreshold", () => {
  const { oracle } = roundParameters(PROFILES.dev);
  const { tvlTier, deviationSquared } = oracle;
  let circuit: TestCircuit;
  before(async () => {
    const tags = { tvl: 63, tvlTier: 64, deviationSquared: 12 };
    circuit = await testCircuit({ file: "oracle/DeviationThreshold.circom", tags });
  });

  for (const tvl of [0n, (1n << 63n) - 1n, ...tvlTier.flatMap((tier) => [tier - 1n, tier, tier + 1n])]) {
    it(`gives ${deviationSquaredAt(oracle, tvl)} at a value at risk of ${tvl}`, async () => {
      const out = deviationSquaredAt(oracle, tvl);
      await circuit.expectPass({ tvl, tvlTier, deviationSquared }, { out });
      await circuit.expectBound({ tvl, tvlTier, deviationSquared }, "out");
    });
  }

  it("counts tiers that do not increase as the model does", async () => {
    const falling = { ...oracle, tvlTier: [30n, 20n, 10n] as const };
    for (const tvl of [5n, 10n, 25n, 30n]) {
      const out = deviationSquaredAt({ ...oracle, tvlTier: [30n, 20n, 10n] }, tvl);
      await circuit.expectPass({ tvl, tvlTier: falling.tvlTier, deviationSquared }, { out });
    }
  });
});

describe("AssertReport", () => {
  const report = { timestamp: GENESIS_SEC, prices: [5n, (1n << 27n) - 1n], fundingRates: [-3n, 1_048_575n] };
  const word = encodeReport(report);
  const fields = [GENESIS_SEC, 5n, 1_048_573n, (1n << 27n) - 1n, 2_097_151n];
  let circuit: TestCircuit;
  before(async () => {
    circuit = await testCircuit({ file: "oracle/AssertReport.circom", parameters: [2] });
  });

  it("accepts the fields of a word", () => circuit.expectPass({ word, fields }, { timestamp: GENESIS_SEC }));
  it("accepts an absent report", () => circuit.expectPass({ word: 0n, fields: [0n, 0n, 0n, 0n, 0n] }));

  const widths = [40, 27, 21, 27, 21];
  widths.slice(0, -1).forEach((width, index) => {
    it(`refuses to move one unit of field ${index + 1} into field ${index}`, () => {
      const moved = [...fields];
      moved[index] = fields[index]! + (1n << BigInt(width));
      moved[index + 1] = fields[index + 1]! - 1n;
      return circuit.expectFail({ word, fields: moved });
    });
  });
  it("refuses a word with a bit above the last market", () =>
    circuit.expectFail({ word: word + (1n << 136n), fields }));
  it("refuses to hide that bit in the last field", () =>
    circuit.expectFail({ word: word + (1n << 136n), fields: [...fields.slice(0, 4), fields[4]! + (1n << 21n)] }));
});

describe("DecodeReport", () => {
  it("agrees with the model on random words", async () => {
    const circuit = await testCircuit({ file: "oracle/DecodeReport.circom", parameters: [4] });
    const random = new Random(47);
    for (let i = 0; i < 40; i++) {
      const word = random.spread(232);
      const { timestamp, prices, fundingRates } = decodeReport(word, 4)!;
      const fundingRate = fundingRates.map((rate) => rate + (1n << 20n));
      await circuit.expectPass({ word }, { timestamp, price: prices, fundingRate });
    }
    await circuit.expectFail({ word: 1n << 232n });
  });
});

describe("CountedReport", () => {
  const [reporter] = reporterKeys(1);
  const { x: keyX, y: keyY } = reporter!.publicKey;
  const report = { timestamp: GENESIS_SEC, prices: [5n, 6n], fundingRates: [0n, 0n] };
  let circuit: TestCircuit;
  let words: bigint[];
  before(async () => {
    circuit = await testCircuit({ file: "oracle/CountedReport.circom", tags: { "*": 40 } });
    words = roundWords(await createHasher(), [report]);
  });
  const given = (changes = {}) => ({
    ...{ domain: DOMAIN, keyX, keyY, words, timestamp: GENESIS_SEC, previous: GENESIS_SEC - 1n },
    ...changes,
  });

  it("counts a signed report that is newer than the last round", () => circuit.expectPass(given(), { counted: 1 }));
  it("does not count one of the last round's second", () =>
    circuit.expectPass(given({ previous: GENESIS_SEC }), { counted: 0 }));
  it("does not count one for another domain", () => circuit.expectPass(given({ domain: DOMAIN + 1n }), { counted: 0 }));
  it("does not count an absent report", () => circuit.expectPass(given({ words: [0n, 0n, 0n, 0n] }), { counted: 0 }));
  it("does not count anything in an empty slot", () =>
    circuit.expectPass(given({ keyX: 0n, keyY: 0n }), { counted: 0 }));
  it("does not count a report signed by Base8's owner in a slot without a valid key", async () => {
    const hasher = await createHasher();
    const owner = { ...reporter!, scalar: 1n, publicKey: BASE8 }; // Base8 stands in for invalid keys
    const signed = [...signReport(hasher, owner, DOMAIN, report)];
    await circuit.expectPass(given({ words: signed, keyX: BASE8.x, keyY: BASE8.y }), { counted: 1 });
    await circuit.expectPass(given({ words: signed, keyX: 0n, keyY: 0n }), { counted: 0 });
    await circuit.expectPass(given({ words: signed, keyX: -keyX, keyY: -keyY }), { counted: 0 }); // of even order
  });
  it("binds its bit", () => circuit.expectBound(given(), "counted"));
});

describe("NextFunding", () => {
  const LIMIT = 1n << 25n;
  const HALF = 1n << 35n;
  let circuit: TestCircuit;
  before(async () => {
    const tags = { index: 25, fraction: 36, rate: 20, mark: 27, elapsed: 16 };
    circuit = await testCircuit({ file: "oracle/NextFunding.circom", tags });
  });
  const step = (index: bigint, fraction: bigint, rate: bigint) => ({
    index,
    fraction,
    rate,
    mark: 1n << 20n,
    elapsed: 1n << 15n,
  });

  it("carries the fraction upwards", () => circuit.expectPass(step(0n, HALF, 1n), { outIndex: 1, outFraction: 0 }));
  it("borrows downwards from zero", () => circuit.expectPass(step(0n, 0n, -1n), { outIndex: -1, outFraction: HALF }));
  it("reaches the largest index", () =>
    circuit.expectPass(step(LIMIT - 2n, HALF, 1n), { outIndex: LIMIT - 1n, outFraction: 0 }));
  it("stays, fraction and all, rather than pass the largest index", () =>
    circuit.expectPass(step(LIMIT - 1n, HALF + 1n, 1n), { outIndex: LIMIT - 1n, outFraction: HALF + 1n }));
  it("reaches the smallest index", () =>
    circuit.expectPass(step(1n - LIMIT, HALF, -1n), { outIndex: 1n - LIMIT, outFraction: 0 }));
  it("stays, fraction and all, rather than pass the smallest index", () =>
    circuit.expectPass(step(1n - LIMIT, 3n, -1n), { outIndex: 1n - LIMIT, outFraction: 3 }));
  it("binds both outputs", async () => {
    await circuit.expectBound(step(5n, 7n, -3n), "outIndex");
    await circuit.expectBound(step(5n, 7n, -3n), "outFraction");
  });
});

describe("AssertMarketState", () => {
  it("refuses each field one beyond its width", async () => {
    const text = `
pragma circom 2.2.0;
include "./AssertMarketState.circom";
include "./PackMarketState.circom";
template Main() {
    signal input fields[13];
    component state = AssertMarketState(); state.fields <== fields;
    component packed = PackMarketState(); packed.market <== state.out;
    signal output priceWord <== packed.priceWord;
    signal output riskWord <== packed.riskWord;
}
component main = Main();`;
    const circuit = await testCircuit({ file: "oracle/AssertMarketState.circom", text });
    const widths = [27, 27, 25, 19, 20, 40, 40, 32, 28, 36, 27, 40, 2];
    const largest = widths.map((width) => (1n << BigInt(width)) - 1n);
    await circuit.expectPass({ fields: largest });
    await circuit.expectPass({ fields: largest.map((value, i) => (i === 2 ? -value : 0n)) });
    for (const [index, value] of largest.entries()) {
      await circuit.expectFail({ fields: largest.map((own, i) => (i === index ? value + 1n : own)) });
      await circuit.expectFail({
        fields: largest.map((own, i) => (i === index ? (i === 2 ? -value - 1n : -1n) : own)),
      });
    }
    expect(circuit.constraintCount).to.equal(365);
  });
});
