import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type Addon, type HeldCore, loadAddon } from "../../prover/native/addon.ts";
import { createNativeBackend } from "../../prover/native/nativeBackend.ts";
import type { ProvingPool } from "../../prover/proving/provingPool.ts";
import { builtAddonPath } from "./support/builtAddon.ts";
import { heldNames } from "./support/heldNames.ts";
import { PROVING_CHILD, SANITIZED } from "./support/provingChild.ts";
import { provingThreads, standStill, threadsNamed } from "./support/runningThreads.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";
import { LONG_MS, takeAllCores } from "./support/takeAllCores.ts";

const CORES = availableParallelism();

describe("processors shared by provers", () => {
  let addonPath: string;
  let addon: Addon;
  let circuit: SampleCircuit;
  const held: HeldCore[] = [];
  const others: ChildProcess[] = [];
  const pools: ProvingPool[] = [];
  before(async function () {
    addonPath = await builtAddonPath(this);
    addon = loadAddon(addonPath);
    circuit = await sampleCircuit();
  });
  afterEach(async () => {
    for (const core of held.splice(0)) core.release();
    for (const other of others.splice(0)) other.kill("SIGKILL");
    for (const pool of pools.splice(0)) await pool.close();
  });
  after(() => circuit?.remove());

  /** Takes every processor of the machine. */
  const takeAll = async () => held.push(...(await takeAllCores(addon)));
  /** Another process, which holds so many processors until it is killed, and says when it has them. */
  function hold(count: number): ChildProcess {
    const holder = fork(fileURLToPath(new URL("./support/holdCores.ts", import.meta.url)), [addonPath, String(count)]);
    others.push(holder);
    return holder;
  }
  const poolOf = (children: number): ProvingPool => {
    const config = { ...PROVING_CHILD, circuits: [circuit.artefact], addonPath, children };
    const pool = createNativeBackend({ ...config, level: "portable" });
    pools.push(pool);
    return pool;
  };
  const prove = (pool: ProvingPool, left: bigint) => pool.prove("Sample", { left, right: 6n, narrow: 7n });

  it("are as many as the process may use, and are free again when they are released", async () => {
    await takeAll();
    const beyond = await addon.takeCore(20);
    expect(beyond.held, "one more than there are").to.equal(false);
    held.pop()?.release();
    const again = await addon.takeCore(LONG_MS);
    held.push(again);
    expect(again.held).to.equal(true);
    again.release();
    again.release(); // has no effect
  });

  it("are free again at once when their holder is killed", async () => {
    const holder = hold(CORES);
    await once(holder, "message");
    expect((await addon.takeCore(20)).held, "all are held by the other process").to.equal(false);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await takeAll();
  });

  it("make a proof wait until one is free", async () => {
    const pool = poolOf(1);
    await prove(pool, 5n);
    await takeAll();
    let proven = false;
    const proof = prove(pool, 6n).then(() => {
      proven = true;
    });
    await sleep(500);
    expect(proven, "while all are held").to.equal(false);
    held.pop()?.release();
    await proof;
  });

  it("have one thread each, however many services and children prove", async () => {
    const services = [poolOf(2), poolOf(2)];
    await Promise.all(services.flatMap((pool) => [1n, 2n].map((left) => prove(pool, left))));
    const processIds = services.flatMap((pool) => pool.processIds());
    expect(processIds).to.have.length(4);
    const seen: number[] = [];
    let done = false;
    const watch = (async () => {
      for (; !done; await sleep(10)) seen.push(provingThreads(processIds));
    })();
    const wanted = Math.min(2, CORES);
    const end = Date.now() + LONG_MS;
    try {
      do await Promise.all(Array.from({ length: 60 }, (_, index) => prove(services[index % 2]!, BigInt(index))));
      while (Math.max(...seen) < wanted && Date.now() < end); // other provers of this machine may hold the others
    } finally {
      done = true;
    }
    await watch;
    expect(Math.max(...seen))
      .to.be.at.most(CORES)
      .and.at.least(wanted);
  });

  it("are left to who waits for a first one", async function () {
    if (CORES < 2) this.skip(); // a proof has only its own
    const key = await addon.loadKey(circuit.zkeyPath, "portable");
    const wtns = await circuit.witness(5n, 6n, 7n);
    /** Whether any of some proofs was seen with a thread besides its own. */
    const spread = async (proofs: number): Promise<boolean> => {
      let seen = false;
      for (let left = proofs; left > 0 && !seen; left--) {
        let done = false;
        const proof = addon.prove(key, wtns, 0).promise.finally(() => {
          done = true;
        });
        for (; !done; await new Promise(setImmediate)) seen ||= threadsNamed("homeostat-core", process.pid) > 0;
        await proof;
      }
      return seen;
    };
    await takeAll();
    const waiter = hold(1);
    while (!heldNames(waiter.pid ?? 0).includes("homeostat.core.wanted")) await sleep(5); // other provers may be before it
    standStill(waiter.pid ?? 0);
    for (const core of held.splice(0)) core.release();
    expect(await spread(20), "while another waits").to.equal(false);
    waiter.kill("SIGKILL");
    await once(waiter, "exit");
    expect(await spread(2000), "when nobody waits").to.equal(true);
  });

  it("leave a proving child with the memory that it may have, and without an image of it", async function () {
    if (SANITIZED) this.skip(); // its shadow alone is more
    const pool = createNativeBackend({ circuits: [circuit.artefact], addonPath, level: "portable", memoryMb: 1024 });
    pools.push(pool);
    await prove(pool, 5n);
    const limits = readFileSync(`/proc/${pool.processIds()[0]}/limits`, "utf8");
    expect(limits).to.match(/^Max data size +1073741824 +1073741824/m);
    expect(limits).to.match(/^Max core file size +1 +1 /m);
  });
});
