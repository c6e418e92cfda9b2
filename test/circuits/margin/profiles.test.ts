import { expect } from "chai";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation } from "../../../verifier/model/operation.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { genesisState } from "../../../verifier/model/state.ts";
import { batchCircuit } from "../../helpers/batchCircuit.ts";
import { type TestCircuit, testMain } from "../../helpers/circuit.ts";
import { deposit, trade } from "../../helpers/model/engine.ts";
import { batchContext, genesis, hasher } from "../../helpers/model/instance.ts";
import { Random } from "../../helpers/random.ts";
import { applyTwo, randomWords } from "../../helpers/randomOperation.ts";
import { profile, randomSituation } from "../../helpers/randomSituation.ts";

describe("MarginBatch_dev", () => {
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testMain("MarginBatch_dev.circom");
  });

  it("fits a setup of 2^16, public signals included", () => {
    expect(circuit.constraintCount).to.equal(61_260);
    expect(circuit.constraintCount + circuit.system.publicInputs + 1).to.be.lessThan(1 << 16);
  });

  it("has the eleven public signals, as inputs", () => {
    expect(circuit.system.publicInputs).to.equal(11);
    expect(circuit.system.publicOutputs).to.equal(0);
  });

  it("keeps the public signals in the model's order", async () => {
    const context = { ...batchContext, profile: PROFILES.dev };
    const state = genesisState(hasher, PROFILES.dev);
    const result = applyBatch(state, genesis, [], context);
    const witness = await circuit.expectPass(batchInputs(state, genesis, context, result));
    expect(witness.slice(1, 12)).to.deep.equal(result.publicSignals);
  });

  it("proves two deposits and then a trade", async () => {
    const context = { ...batchContext, profile: PROFILES.dev };
    const rich = 2n * 10n ** 10n;
    const empty = genesisState(hasher, PROFILES.dev);
    const opening = applyBatch(empty, genesis, [deposit(1, rich), deposit(2, rich)].map(encodeOperation), context);
    await circuit.expectPass(batchInputs(empty, genesis, context, opening));
    const world = { state: opening.next, oracle: genesis };
    const swap = trade(world, { market: 0, buyer: 1, seller: 2, size: 1_000n, price: 6_000_000n, fee: 10n });
    const trading = applyBatch(opening.next, genesis, [encodeOperation(swap)], context);
    expect(trading.outcomes).to.deep.equal([{ valid: true }]);
    await circuit.expectPass(batchInputs(opening.next, genesis, context, trading));
  });
});

describe("MarginBatch with four markets", () => {
  const shape = { ...profile, markets: 4, depth: 2 };
  let circuit: TestCircuit;

  before(async () => {
    circuit = await batchCircuit(shape);
  });

  for (let seed = 100; seed < 112; seed++) {
    it(`agrees with the model on situation ${seed}`, async () => {
      const random = new Random(seed);
      const situation = randomSituation(random, shape);
      const { state, oracle, context } = situation;
      const result = applyTwo(situation, (now) => randomWords(random, now));
      await circuit.expectPass(batchInputs(state, oracle, context, result));
    });
  }
});
