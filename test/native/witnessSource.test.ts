import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import { openWitnessSource } from "../../prover/native/witness/witnessSource.ts";
import { ArtefactError, ProofRefusedError } from "../../prover/proving/errors.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { CHECKS } from "./support/operators.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";
import { bothWitnesses, libraryOf } from "./support/witnessLibrary.ts";

describe("openWitnessSource", () => {
  const inputs = { left: 5n, right: 6n, narrow: 7n };
  let addon: Addon;
  let circuit: SampleCircuit;
  let derived: Uint8Array;
  let own: string;
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    derived = await circuit.witness(5n, 6n, 7n);
    own = await libraryOf(circuit.artefact.wasmPath);
  });
  after(() => circuit?.remove());
  const sourceFrom = (path: string | null) => openWitnessSource(circuit.artefact, addon, async () => path);

  it("takes the circuit's library, which computes what snarkjs computes", async () => {
    const source = await sourceFrom(own);
    expect(source.kind).to.equal("library");
    expect(Buffer.compare(await source.calculate(inputs), derived)).to.equal(0);
    expect(source.kind).to.equal("library");
  });

  it("keeps the library after inputs that the wasm refuses too", async () => {
    const source = await sourceFrom(own);
    const failure = await source.calculate({ ...inputs, narrow: 1n << 64n }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(ProofRefusedError);
    expect(source.kind).to.equal("library");
  });

  it("takes the wasm where there is no library, or one that does not load", async () => {
    for (const path of [null, `${own}.none`, circuit.artefact.wasmPath]) {
      const source = await sourceFrom(path);
      expect(source.kind).to.equal("wasm");
      expect(Buffer.compare(await source.calculate(inputs), derived)).to.equal(0);
      expect(source.distrust()).to.equal(false);
    }
  });

  it("goes over to the wasm when the library refuses what the wasm does not", async () => {
    const { libraryPath } = await bothWitnesses(addon, "checks", CHECKS);
    const source = await sourceFrom(libraryPath);
    expect(source.kind).to.equal("library");
    expect(Buffer.compare(await source.calculate(inputs), derived)).to.equal(0);
    expect(source.kind).to.equal("wasm");
  });

  it("goes over to the wasm when a proof did not verify", async () => {
    const source = await sourceFrom(own);
    expect(source.distrust()).to.equal(true);
    expect(source.kind).to.equal("wasm");
    expect(Buffer.compare(await source.calculate(inputs), derived)).to.equal(0);
    expect(source.distrust()).to.equal(false);
  });

  it("is refused, library or not, when the wasm is not the one that is meant", async () => {
    const { artefact } = circuit;
    const wrong = { ...artefact, digests: { ...artefact.digests, wasm: "00".repeat(32) } };
    const failure = await openWitnessSource(wrong, addon, async () => own).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(ArtefactError);
  });
});
