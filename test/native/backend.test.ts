import { expect } from "chai";
import { AbortedError } from "../../prover/errors.ts";
import type { Addon } from "../../prover/native/addon.ts";
import { createNativeBackend } from "../../prover/native/nativeBackend.ts";
import { trustedLevel } from "../../prover/native/selfTest.ts";
import { WitnessCalculator } from "../../prover/native/witness.ts";
import type { ProofBackend } from "../../prover/proving/backend.ts";
import { ArtefactError, ProofRefusedError } from "../../prover/proving/errors.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("createNativeBackend", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  let backend: ProofBackend;
  const inputs = { left: 5n, right: 6n, narrow: 1n << 63n };
  const backendOf = (changes: Partial<SampleCircuit["artefact"]> = {}): ProofBackend => {
    const level = trustedLevel(addon);
    if (level === null) throw new Error("no level passes its self-test");
    return createNativeBackend({ addon, level, threads: 0, circuits: [{ ...circuit.artefact, ...changes }] });
  };
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    backend = backendOf();
  });
  after(async () => {
    await backend?.close();
    await circuit?.remove();
  });

  it("trusts the fastest level that this processor has", () => {
    expect(trustedLevel(addon)).to.equal(addon.levels()[0]);
  });

  it("trusts no level that sums points wrongly", () => {
    const lying: Addon = { ...addon, levels: () => addon.levels(), msm: () => new Uint8Array(64) };
    expect(trustedLevel(lying)).to.equal(null);
  });

  it("hands on verified proofs with their public signals, however many are asked for at once", async () => {
    const proven = await Promise.all([5n, 6n].map((left) => backend.prove("Sample", { ...inputs, left })));
    expect(proven.map(({ publicSignals }) => publicSignals.slice(1))).to.deep.equal([
      [5n, 6n],
      [6n, 6n],
    ]);
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
      const failure = await failureOf(backend.prove("Sample", given));
      expect(failure).to.be.instanceOf(ProofRefusedError);
      expect(String(failure)).to.match(reason);
      expect((await backend.prove("Sample", inputs)).publicSignals).to.have.length(3);
    });
  }

  it("refuses a circuit that it was not made with", async () => {
    expect(await failureOf(backend.prove("Other", inputs))).to.be.instanceOf(ArtefactError);
  });

  it("refuses a key with another digest, and a file that is not a key", async () => {
    const { digests, wasmPath } = circuit.artefact;
    for (const changes of [
      { digests: { ...digests, zkey: "00".repeat(32) } },
      { zkeyPath: wasmPath, digests: { ...digests, zkey: digests.wasm } },
    ]) {
      const other = backendOf(changes);
      expect(await failureOf(other.prove("Sample", inputs))).to.be.instanceOf(ArtefactError);
      await other.close();
    }
  });

  it("stops a proof on request, and every proof when it is closed", async () => {
    const stop = new AbortController();
    const stopped = failureOf(backend.prove("Sample", inputs, stop.signal));
    stop.abort();
    expect(await stopped).to.be.instanceOf(AbortedError);
    const other = backendOf();
    const closed = failureOf(other.prove("Sample", inputs));
    await other.close();
    expect(await closed).to.be.instanceOf(AbortedError);
    expect(await failureOf(other.prove("Sample", inputs))).to.be.instanceOf(AbortedError);
  });
});
