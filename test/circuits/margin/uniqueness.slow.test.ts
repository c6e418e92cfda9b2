import { expect } from "chai";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation } from "../../../verifier/model/operation.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { genesisState } from "../../../verifier/model/state.ts";
import { testMain } from "../../helpers/circuit.ts";
import { deposit, trade } from "../../helpers/model/engine.ts";
import { batchContext, genesis, hasher } from "../../helpers/model/instance.ts";
import { unforcedWires } from "../../helpers/uniqueness.ts";

/**
 * Signals whose uniqueness is a matter of ranges, which circuits/README.md argues and forged hints test: sibling lanes,
 * signs of sizes, slack and lanes with their cases, quotients of rates, keys, and the 254 digits whose second choice
 * circomlib's AliasCheck excludes.
 */
const ARGUED =
  /\.(siblingLanes\[\d\]|sign|quotient|lane|isAbove|isBelow|eighthX|eighthY|torsion\[\d\]|digitsOf(S|Digest)\[\d+\])$/;
/** The inverse inside IsZero: any value will do when the input is 0, and nothing reads it. */
const IDLE = /\.inv$/;

describe("MarginBatch_dev", () => {
  it("forces every signal once inputs and argued hints are given", async () => {
    const circuit = await testMain("MarginBatch_dev.circom", 0);
    const context = { ...batchContext, profile: PROFILES.dev };
    const rich = 2n * 10n ** 10n;
    const empty = genesisState(hasher, PROFILES.dev);
    const { next } = applyBatch(empty, genesis, [deposit(1, rich), deposit(2, rich)].map(encodeOperation), context);
    const swap = trade(
      { state: next, oracle: genesis },
      { market: 0, buyer: 1, seller: 2, size: 9n, price: 6_000_000n },
    );
    const result = applyBatch(next, genesis, [encodeOperation(swap)], context);
    const witness = await circuit.expectPass(batchInputs(next, genesis, context, result));

    const { publicInputs, privateInputs } = circuit.system;
    const given = Array.from({ length: publicInputs + privateInputs }, (_, i) => 1 + i);
    const idle = new Set<number>();
    for (const [name, wire] of circuit.names) {
      if (ARGUED.test(name) && wire > 0) given.push(wire);
      if (IDLE.test(name)) idle.add(wire);
    }
    const unforced = new Set(unforcedWires(circuit.system, witness, given).filter((wire) => !idle.has(wire)));
    expect([...circuit.names].filter(([, wire]) => unforced.has(wire)).map(([name]) => name)).to.deep.equal([]);
    expect(given.length).to.be.below(witness.length / 10);
  });
});
