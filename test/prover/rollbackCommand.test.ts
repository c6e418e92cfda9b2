import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { Contract } from "ethers";
import { createChainClient } from "../../prover/chain/client.ts";
import { planRollback } from "../../prover/rollback/planRollback.ts";
import type { ProverHandle } from "../../prover/service/handle.ts";
import { GUARD_ABI } from "../../verifier/chain/abi.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { fakeBackend, PROVER_KEYS } from "./support/fakeProver.ts";
import { proverBench } from "./support/proverBench.ts";
import { startRpcBridge } from "./support/rpcBridge.ts";

const MAIN = join(import.meta.dirname, "../../prover/cli/main.ts");

/** Runs the command as a process of its own. */
function command(
  url: string,
  guard: string,
  ...flags: readonly string[]
): Promise<{ status: number | null; text: string }> {
  const args = ["--disable-warning=ExperimentalWarning", MAIN, "rollback", "--rpc", url, "--guard", guard, ...flags];
  const env = { PATH: process.env.PATH, HOMEOSTAT_SIGNER_KEY: PROVER_KEYS[1] };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, text: stdout + stderr }),
    );
  });
}

describe("a guard that goes back", function () {
  this.timeout(600_000);
  const bench = proverBench();
  const plan = () => {
    const { transport, deployment } = bench.local;
    const guard = deployment.guard.toLowerCase();
    return planRollback(createChainClient(transport), guard, deployment.genesisBlock, new AbortController().signal);
  };
  const pass = async (seconds: number): Promise<void> => {
    await bench.local.request("evm_increaseTime", seconds);
    await bench.local.request("evm_mine");
  };

  /** Leaves a deficit: a trade, a crash that makes the buyer bankrupt, a backstop. */
  async function crash(prover: ProverHandle): Promise<void> {
    const { local } = bench;
    await local.deposit(0, 10_000n);
    await local.deposit(1, 1_000_000n);
    await local.trade(1n, 100_000n);
    await prover.idle();
    const guard = new Contract(local.deployment.guard, GUARD_ABI, local.ethers.provider);
    for (let round = 1; (await guard.getFunction("breachSince")(0)).bankrupt === 0n; round++) {
      expect(round, "rounds until somebody is bankrupt").to.be.lessThan(60);
      await pass(12);
      await prover.submitRound(local.roundWords(12 * round, [70_000n, 50_000n]));
    }
    await local.backstop(1);
    await prover.idle();
    expect(await guard.getFunction("deficitSince")()).to.not.equal(0n);
  }

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

  it("is followed by a prover that was proving, and holds before the verifier", async () => {
    const { local } = bench;
    const backend = fakeBackend();
    const { prove } = backend;
    let holds = false;
    let cancelled = 0;
    backend.prove = async (circuit, inputs, signal) => {
      while (holds) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (signal?.aborted) cancelled++;
        signal?.throwIfAborted();
      }
      return prove(circuit, inputs, signal);
    };
    const prover = await bench.start({ backend });
    await prover.idle();
    await crash(prover);
    const { operationsSettled } = prover.status();
    const bridge = await startRpcBridge(local.transport);
    try {
      const from = ["--from-block", String(local.deployment.genesisBlock)];
      const early = await command(bridge.url, local.deployment.guard, ...from);
      expect(early).to.include({ status: 0 });
      expect(early.text).to.match(/deficit +the deficit must last until after \d+\n.*nothing to do/s);

      await pass(1_900);
      holds = true;
      await local.deposit(2, 500n);
      while (!prover.status().work.some((work) => work.endsWith("proving"))) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      const dry = await command(bridge.url, local.deployment.guard, ...from);
      expect(dry.text).to.match(/deficit +its rule holds\nplan +back from 4 to 3 settled.*a dry run/s);
      expect(prover.status().operationsSettled).to.equal(operationsSettled);

      const back = new Promise((resolve) => prover.events.once("rolledBack", resolve));
      const sent = await command(bridge.url, local.deployment.guard, ...from, "--send");
      expect(sent.text).to.match(/sent +rollBack in 0x[0-9a-f]{64}, \d+ gas/);
      expect(await back).to.include({ cause: 4, settled: 3, abandoned: 4, own: false });
    } finally {
      await bridge.close();
    }
    while (cancelled === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(prover.status()).to.deep.include({ operationsLogged: 3, operationsSettled: 3, rollbacks: 1, work: [] });
    holds = false;
    await local.deposit(2, 700n);
    await prover.idle();
    expect(prover.status()).to.include({ operationsLogged: 4, operationsSettled: 4 });
    const fresh = await bench.start({ settleBatches: false });
    await fresh.idle();
    expect(fresh.status().stateRoot).to.equal(prover.status().stateRoot);
    expect(bench.alarms).to.deep.equal([]);

    const provider = { send: (method: string, params: unknown[]) => local.request(method, ...params) };
    const report = await verifyHistory({ provider, guard: local.deployment.guard, keys: null });
    const violated = report.entries.flatMap(({ what, findings }) =>
      findings.filter(({ verdict }) => verdict.status === "violated").map(({ check }) => `${what}: ${check}`),
    );
    expect(violated).to.deep.equal([]);
    expect(report.counts).to.include({ rollbacks: 1, operations: 4 });
    expect(report.incidents.map(({ name }) => name)).to.include.members(["bankrupt", "deficit", "rollback"]);
  });
});
