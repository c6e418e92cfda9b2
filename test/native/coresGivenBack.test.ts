import { existsSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { AbortedError } from "../../prover/errors.ts";
import { type Addon, loadAddon } from "../../prover/native/addon.ts";
import { createNativeBackend } from "../../prover/native/nativeBackend.ts";
import { ProofRefusedError } from "../../prover/proving/errors.ts";
import type { ProvingPool } from "../../prover/proving/provingPool.ts";
import { builtAddonPath } from "./support/builtAddon.ts";
import { heldCores } from "./support/heldNames.ts";
import { PROVING_CHILD } from "./support/provingChild.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";
import { takeAllCores } from "./support/takeAllCores.ts";

const TRIES = 500; // proofs of a few milliseconds, until one is seen while it runs

describe("a prover's processor", () => {
  const valid = { left: 5n, right: 6n, narrow: 7n };
  let addonPath: string;
  let addon: Addon;
  let circuit: SampleCircuit;
  let pool: ProvingPool;
  let child: number;
  before(async function () {
    addonPath = await builtAddonPath(this);
    addon = loadAddon(addonPath);
    circuit = await sampleCircuit();
  });
  beforeEach(async () => {
    pool = createNativeBackend({
      ...PROVING_CHILD,
      circuits: [circuit.artefact],
      addonPath,
      level: "portable",
      children: 1,
    });
    await pool.prove("Sample", valid);
    child = pool.processIds()[0]!;
  });
  afterEach(() => pool?.close());
  after(() => circuit?.remove());

  /** Starts proofs until the child is seen with a processor. @returns that proof, which runs on */
  async function seenProving(signal?: AbortSignal): Promise<{ readonly proof: Promise<unknown> }> {
    for (let tries = 0; tries < TRIES; tries++) {
      let done = false;
      const proof = pool.prove("Sample", valid, signal).finally(() => {
        done = true;
      });
      for (; !done; await turn()) if (heldCores(child) > 0) return { proof };
    }
    throw new Error(`no processor was held in ${TRIES} proofs`);
  }
  /** Another may have it: here this process. */
  async function takeAndReturnAll(): Promise<void> {
    for (const core of await takeAllCores(addon)) core.release();
  }

  it("is held while it proves, and free as soon as the proof is there", async () => {
    const { proof } = await seenProving();
    await proof;
    expect(heldCores(child)).to.equal(0);
    expect(pool.processIds()).to.deep.equal([child]);
    await takeAndReturnAll();
  });

  it("is free as soon as a proof is refused", async () => {
    for (let left = 0n; left < 20n; left++) {
      const failure = await pool
        .prove("Sample", { ...valid, narrow: 1n << 64n, left })
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(ProofRefusedError);
      expect(heldCores(child)).to.equal(0);
    }
    expect(pool.processIds()).to.deep.equal([child]);
    await takeAndReturnAll();
  });

  it("is free when a proof that held it is cancelled", async () => {
    const cancelling = new AbortController();
    const { proof } = await seenProving(cancelling.signal);
    cancelling.abort();
    expect(await proof.catch((error: unknown) => error)).to.be.instanceOf(AbortedError);
    while (existsSync(`/proc/${child}`)) await turn();
    await takeAndReturnAll();
    await pool.prove("Sample", valid);
  });

  it("is free after each proof in this process, whether it is made, cancelled or refused", async () => {
    const key = await addon.loadKey(circuit.zkeyPath);
    const wtns = await circuit.witness(5n, 6n, 7n);
    const outcomes = new Set<string>();
    for (let index = 0; index < 60; index++) {
      const running = addon.prove(key, index % 3 === 2 ? wtns.subarray(1) : wtns, 0); // every free processor
      if (index % 3 === 1) running.cancel();
      outcomes.add(
        await running.promise.then(
          () => "made",
          (error: unknown) => String((error as { code?: unknown }).code),
        ),
      );
      expect(heldCores(process.pid), `proof ${index}`).to.equal(0);
    }
    expect([...outcomes].sort()).to.deep.equal(["NATIVE_CANCELLED", "NATIVE_WTNS", "made"]);
  });
});
