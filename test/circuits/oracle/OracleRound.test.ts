import { expect } from "chai";
import { roundInputs } from "../../../prover/witness/roundInputs.ts";
import { createHasher, type Hasher } from "../../../verifier/model/hasher.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { applyRound } from "../../../verifier/model/round.ts";
import { type TestCircuit, testMain } from "../../helpers/circuit.ts";
import { GENESIS_SEC, roundContext, roundWords, startingOracle } from "../../helpers/roundScenario.ts";

describe("OracleRound_dev", () => {
  let circuit: TestCircuit;
  let hasher: Hasher;
  before(async () => {
    [circuit, hasher] = await Promise.all([testMain("OracleRound_dev.circom"), createHasher()]);
  });

  it("proves an ordinary round", async () => {
    const context = roundContext(hasher, PROFILES.dev);
    const old = startingOracle(context.parameters);
    const report = { timestamp: GENESIS_SEC + 12n, prices: [6_001_000n, 7_000_500n], fundingRates: [100n, -200n] };
    const words = roundWords(hasher, [report, { ...report, prices: [6_002_000n, 0n] }, undefined, report]);
    const result = applyRound(old, words, context);
    const witness = await circuit.expectPass(roundInputs(old, words, context, result));
    expect(witness.slice(1, 1 + result.publicSignals.length)).to.deep.equal(result.publicSignals);
  });
});
