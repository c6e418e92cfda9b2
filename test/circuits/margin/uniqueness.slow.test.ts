import { expect } from "chai";
import { batchInputs } from "../../../prover/witness/batchInputs.ts";
import { applyBatch } from "../../../verifier/model/batch.ts";
import { encodeOperation, type Operation } from "../../../verifier/model/operation.ts";
import type { OracleState } from "../../../verifier/model/oracle.ts";
import { PROFILES } from "../../../verifier/model/profile.ts";
import { genesisState, type State } from "../../../verifier/model/state.ts";
import { testMain } from "../../helpers/circuit.ts";
import { deposit, trade, type World, withdraw } from "../../helpers/model/engine.ts";
import { batchContext, genesis, hasher, oracleWith } from "../../helpers/model/instance.ts";
import { unforcedSignals } from "../../helpers/uniqueness.ts";

/**
 * Signals whose uniqueness is a matter of ranges, which circuits/README.md argues and forged hints test: sibling lanes,
 * signs of sizes, slack and lanes with their cases, quotients of rates, keys, and the 254 digits whose second choice
 * circomlib's AliasCheck excludes.
 */
const ARGUED =
  /\.(siblingLanes\[\d\]|sign|quotient|lane|isAbove|isBelow|eighthX|eighthY|torsion\[\d\]|digitsOf(S|Digest)\[\d+\])$/;

const context = { ...batchContext, profile: PROFILES.dev };
const rich = 2n * 10n ** 10n;
const crash = oracleWith({ mark: 4_800_000n, median: 4_800_000n });
const buy = (world: World, size: bigint) => trade(world, { market: 0, buyer: 1, seller: 2, size, price: 6_000_000n });

/** The state after batches of operations, each made for the state before its batch. */
function stateAfter(...batches: readonly (readonly [OracleState, (world: World) => readonly Operation[]])[]): State {
  return batches.reduce(
    (state, [oracle, make]) => {
      const result = applyBatch(state, oracle, make({ state, oracle }).map(encodeOperation), context);
      expect(result.outcomes.every(({ valid }) => valid)).to.equal(true);
      return result.next;
    },
    genesisState(hasher, PROFILES.dev),
  );
}

const funded = stateAfter([genesis, () => [deposit(1, rich), deposit(2, rich)]]);
const ruined = stateAfter(
  [genesis, () => [deposit(1, rich), deposit(2, rich)]],
  [genesis, (world) => [buy(world, 30_000n)]],
  [crash, () => [{ type: "backstop", account: 1 }]],
);
const CASES: readonly (readonly [string, World, (world: World) => readonly Operation[]])[] = [
  ["a trade", { state: funded, oracle: genesis }, (world) => [buy(world, 9n)]],
  [
    "a shared loss and a restricted withdrawal",
    { state: ruined, oracle: crash },
    (world) => [
      { type: "shareLoss", market: 0 },
      { ...withdraw(world, 2, 1n), restricted: true },
    ],
  ],
];

describe("MarginBatch_dev", () => {
  for (const [title, { state, oracle }, make] of CASES) {
    it(`forces every signal of ${title} once inputs and argued hints are given`, async () => {
      const circuit = await testMain("MarginBatch_dev.circom", 0);
      const result = applyBatch(state, oracle, make({ state, oracle }).map(encodeOperation), context);
      expect(result.outcomes[0]!.valid).to.equal(true);
      const witness = await circuit.expectPass(batchInputs(state, oracle, context, result));
      expect(unforcedSignals(circuit, witness, ARGUED)).to.deep.equal([]);
    });
  }
});
