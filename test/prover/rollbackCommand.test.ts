import { expect } from "chai";
import { createChainClient } from "../../prover/chain/client.ts";
import { planRollback } from "../../prover/rollback/planRollback.ts";
import { proverBench } from "./support/proverBench.ts";

describe("a guard that goes back", function () {
  this.timeout(240_000);
  const bench = proverBench();
  const plan = () => {
    const { transport, deployment } = bench.local;
    const guard = deployment.guard.toLowerCase();
    return planRollback(createChainClient(transport), guard, deployment.genesisBlock, new AbortController().signal);
  };
  it("finds no rule that holds in ordinary life, and the guard's own checkpoints", async () => {
    const prover = await bench.start();
    await bench.local.deposit(0, 1_000n);
    await bench.local.deposit(1, 1_000n);
    await prover.idle();
    const { plan: found, rules, isNoteDue, facts } = await plan();
    expect({ found, rules, isNoteDue }).to.deep.equal({
      found: null,
      rules: { vaultShort: "the vault is not short", deficit: "there is no deficit" },
      isNoteDue: false,
    });
    expect(facts.checkpoints.at(-1)).to.include({ settled: 2n, arrived: 2_000n, stateRoot: prover.status().stateRoot });
  });
});
