import { expect } from "chai";
import { roundInputs } from "../../prover/witness/roundInputs.ts";
import { createHasher } from "../../verifier/model/hasher.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { applyRound } from "../../verifier/model/round.ts";
import { testCircuit, testMain } from "../helpers/circuit.ts";
import { GENESIS_SEC, roundContext, roundWords, startingOracle } from "../helpers/roundScenario.ts";
import { unforcedSignals, unforcedWires } from "../helpers/uniqueness.ts";

/**
 * Signals whose uniqueness is a matter of ranges, which circuits/README.md argues and forged hints test: the hints of
 * divisions, roots, medians, reports and keys; and the 254 digits whose second choice circomlib's AliasCheck excludes.
 */
const ARGUED =
  /\.(quotient|root|median|eighthX|eighthY|torsion\[\d\]|decoded\[\d+\]\.fields\[\d+\]|digitsOf(S|Digest)\[\d+\])$/;

describe("OracleRound_dev", () => {
  it("forces every signal once inputs and argued hints are given", async () => {
    const circuit = await testMain("OracleRound_dev.circom", 0);
    const hasher = await createHasher();
    const context = roundContext(hasher, PROFILES.dev);
    const old = startingOracle(context.parameters);
    const report = { timestamp: GENESIS_SEC + 12n, prices: [6_001_000n, 7_000_500n], fundingRates: [100n, -200n] };
    const words = roundWords(hasher, [report, { ...report, prices: [5_000_000n, 0n] }, undefined, report]);
    const result = applyRound(old, words, context);
    const witness = await circuit.expectPass(roundInputs(old, words, context, result));
    expect(unforcedSignals(circuit, witness, ARGUED)).to.deep.equal([]);
  });
});

describe("unforcedWires", () => {
  const planted = (line: string) => `
pragma circom 2.2.0;
include "./AssertUint.circom";
template Main() {
    signal input a;
    signal hint <-- a * a;
    signal output out <== hint + 1;
    signal {maxbit} ranged <== AssertUint(8)(hint);
    ${line}
}
component main {public [a]} = Main();`;

  for (const { title, line, unforced } of [
    { title: "finds a hint that nothing ties to the input", line: "", unforced: true },
    { title: "is content once a constraint does", line: "hint === a * a;", unforced: false },
  ]) {
    it(title, async () => {
      const circuit = await testCircuit({ file: "lib/AssertUint.circom", text: planted(line) });
      const witness = await circuit.witness({ a: 3 });
      expect(unforcedWires(circuit.system, witness, [circuit.wireOf("a")]).includes(circuit.wireOf("out"))).to.equal(
        unforced,
      );
    });
  }
});
