import { mkdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { expect } from "chai";
import type { Addon, KeyHandle } from "../../prover/native/addon.ts";
import { tablesPath } from "../../prover/native/keyTables.ts";
import { loadNativeCircuit } from "../../prover/native/nativeCircuit.ts";
import { trustedLevel } from "../../prover/native/selfTest.ts";
import { WitnessCalculator } from "../../prover/native/witness.ts";
import type { LoadedCircuit } from "../../prover/proving/engine.ts";
import { ArtefactError, ProofRefusedError } from "../../prover/proving/errors.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("loadNativeCircuit", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  let loaded: LoadedCircuit;
  const inputs = { left: 5n, right: 6n, narrow: 1n << 63n };
  const load = async (changes: Partial<SampleCircuit["artefact"]> = {}, tablesMb = 0): Promise<LoadedCircuit> => {
    const level = await trustedLevel(addon);
    if (level === null) throw new Error("no level passes its self-test");
    return loadNativeCircuit({ ...circuit.artefact, ...changes }, { addon, level, tablesMb });
  };
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    loaded = await load();
  });
  after(() => circuit?.remove());

  it("trusts the fastest level that this processor has", async () => {
    expect(await trustedLevel(addon)).to.equal(addon.levels()[0]);
  });

  /** The addon, whose proofs come out with one byte changed at the levels named. */
  const lying = (at: number, part: "points" | "publicSignals", levels: readonly string[]): Addon => {
    const named = new Map<KeyHandle, string>();
    return {
      ...addon,
      async loadKey(file, level) {
        const key = await addon.loadKey(file, level);
        named.set(key, level ?? "");
        return key;
      },
      prove(key, ...rest) {
        const running = addon.prove(key, ...rest);
        const promise = running.promise.then((proof) => {
          if (levels.includes(named.get(key) ?? "")) proof[part][at]! ^= 1;
          return proof;
        });
        return { ...running, promise };
      },
    };
  };

  for (const { title, at, part } of [
    { title: "A", at: 0, part: "points" },
    { title: "B", at: 100, part: "points" },
    { title: "C", at: 255, part: "points" },
    { title: "a public signal", at: 33, part: "publicSignals" },
  ] as const) {
    it(`trusts no level whose proof has a wrong ${title}, and the next one that has none`, async () => {
      const levels = addon.levels();
      expect(await trustedLevel(lying(at, part, levels))).to.equal(null);
      expect(await trustedLevel(lying(at, part, levels.slice(0, -1)))).to.equal("portable");
    });
  }

  it("hands on verified proofs with their public signals, however many are asked for at once", async () => {
    const proven = await Promise.all([5n, 6n].map((left) => loaded.prove({ ...inputs, left })));
    expect(proven.map(({ publicSignals }) => publicSignals.slice(1))).to.deep.equal([
      [5n, 6n],
      [6n, 6n],
    ]);
  });

  it("proves with tables next to the key, made on the first load, and says why it cannot have them", async () => {
    const tabled = await load({}, 1);
    expect(statSync(tablesPath(circuit.zkeyPath)).size).to.be.at.most(2 ** 20);
    expect((await tabled.prove(inputs)).publicSignals).to.deep.equal((await loaded.prove(inputs)).publicSignals);
    rmSync(tablesPath(circuit.zkeyPath));
    mkdirSync(tablesPath(circuit.zkeyPath)); // no file can take its place
    const failure = await failureOf(load({}, 1));
    expect(failure).to.be.instanceOf(ArtefactError);
    expect(String(failure)).to.include(".tables");
    rmdirSync(tablesPath(circuit.zkeyPath));
  });

  it("computes the witness that snarkjs computes", async () => {
    const calculator = await WitnessCalculator.of("Sample", new Uint8Array(circuit.wasm));
    for (const [left, right, narrow] of [
      [1n, -1n, 0n],
      [1n << 253n, 3n, (1n << 64n) - 1n],
    ] as const) {
      const derived = await circuit.witness(left, right, narrow);
      const claimed = await calculator.calculate({ left, right, narrow });
      expect(Buffer.compare(claimed, derived)).to.equal(0);
    }
  });

  for (const { title, given, reason } of [
    {
      title: "that break a constraint",
      given: { ...inputs, narrow: 1n << 64n },
      reason: /a constraint fails in Num2Bits/,
    },
    { title: "that the circuit does not have", given: { ...inputs, middle: 1n }, reason: /Signal middle not found/ },
    { title: "that are too few", given: { left: 5n, right: 6n }, reason: /Not all inputs have been set/ },
    {
      title: "that are too many",
      given: { ...inputs, left: [1n, 2n] },
      reason: /Too many values for input signal left/,
    },
    { title: "that are empty", given: { ...inputs, left: [] }, reason: /Not enough values for input signal left/ },
  ]) {
    it(`refuses inputs ${title}, and proves again`, async () => {
      const failure = await failureOf(loaded.prove(given));
      expect(failure).to.be.instanceOf(ProofRefusedError);
      expect(String(failure)).to.match(reason);
      expect((await loaded.prove(inputs)).publicSignals).to.have.length(3);
    });
  }

  it("refuses a key with another digest, and a file that is not a key", async () => {
    const { digests, wasmPath } = circuit.artefact;
    for (const changes of [
      { digests: { ...digests, zkey: "00".repeat(32) } },
      { zkeyPath: wasmPath, digests: { ...digests, zkey: digests.wasm } },
    ]) {
      expect(await failureOf(load(changes))).to.be.instanceOf(ArtefactError);
    }
  });
});
