import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Contract } from "ethers";
import { startProver } from "../../prover/service/startProver.ts";
import { GUARD_ABI } from "../../verifier/chain/abi.ts";
import { seeded } from "./support/fakeChain.ts";
import { createLocalGuard, proverConfig } from "./support/localGuard.ts";
import { type Mischief, startRpcBridge } from "./support/rpcBridge.ts";

const MISCHIEFS: readonly Mischief[] = ["drop", "error 500", "busy", "html", "truncated", "lost reply"];
const KILLS = 6; // at least: as many as it takes for each mischief to have happened

describe("a prover process on a bad connection", function () {
  this.timeout(600_000);

  it("settles everything exactly once although it is killed again and again", async () => {
    const random = seeded(7);
    const local = await createLocalGuard();
    let mischiefs = 0; // one after the other, so that each has its turn however few calls a short life makes
    const bridge = await startRpcBridge(local.transport, () =>
      random() < 0.15 ? (MISCHIEFS[mischiefs++ % MISCHIEFS.length] ?? "none") : "none",
    );
    const folder = mkdtempSync(join(tmpdir(), "homeostat-crash-"));
    const storePath = join(folder, "prover.sqlite");
    const guard = new Contract(local.deployment.guard, GUARD_ABI, local.ethers.provider);
    const settled = async (): Promise<number> => Number(await guard.getFunction("settled")());
    try {
      let logged = 0;
      const unfired = () => MISCHIEFS.some((kind) => (bridge.fired.get(kind) ?? 0) === 0);
      for (let kill = 0; kill < KILLS || unfired(); kill++) {
        const ended = killLater(bridge.url, local.deployment.guard, storePath, 200 + random() * 800);
        for (let deposit = 0; deposit < 2; deposit++) await local.deposit(logged++ % 4, 100n);
        await ended;
      }
      const survivor = await startProver(proverConfig(local, { storePath }));
      await survivor.idle();
      expect(survivor.status()).to.include({ operationsLogged: logged, operationsSettled: logged });
      expect(await settled()).to.equal(logged);
      expect(String(survivor.status().stateRoot)).to.equal(String(await guard.getFunction("stateRoot")()));
      await survivor.stop();
    } finally {
      await bridge.close();
      rmSync(folder, { recursive: true });
    }
  });
});

/** Runs a prover process and kills it some time after it has started. @param afterMs milliseconds */
async function killLater(url: string, guard: string, storePath: string, afterMs: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "support/proverProcess.ts"), url, guard, storePath],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => {
    child.stdout.once("data", resolve);
    child.once("close", resolve);
  });
  setTimeout(() => child.kill("SIGKILL"), afterMs);
  await ended;
}
