import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import { buildWitnessLibraries } from "../../prover/native/witness/build.ts";
import { findWitnessLibrary } from "../../prover/native/witness/libraries.ts";
import { NativeWitness } from "../../prover/native/witness/nativeWitness.ts";
import { WitnessCalculator } from "../../prover/native/witness.ts";
import { batchSituation } from "../../scripts/bench/provers/batchSituation.ts";
import { roundSituation } from "../../scripts/bench/provers/roundSituation.ts";
import { type Artefacts, CIRCUITS, loadArtefacts } from "../../scripts/circuits/artefacts.ts";
import { createHasher, type Hasher } from "../../verifier/model/hasher.ts";
import { PROFILES } from "../../verifier/model/profile.ts";
import { builtAddon } from "./support/builtAddon.ts";

describe("compiled witnesses of the dev circuits", () => {
  let addon: Addon;
  let artefacts: Artefacts;
  let hasher: Hasher;
  before(async function () {
    addon = await builtAddon(this);
    artefacts = await loadArtefacts(PROFILES.dev.name);
    hasher = await createHasher();
    await buildWitnessLibraries(PROFILES.dev.name, () => {});
  });

  for (const circuit of CIRCUITS) {
    it(`are the wasm's for ${circuit}, with the model's own work, time and again`, async () => {
      const { wasm } = artefacts.manifest.circuits[circuit].files;
      const path = await findWitnessLibrary(wasm.sha256);
      expect(path).to.not.equal(null);
      const native = new NativeWitness(circuit, addon, path!);
      const calculator = await WitnessCalculator.of(circuit, new Uint8Array(await readFile(artefacts[circuit].wasm)));
      const situation = circuit === "OracleRound" ? roundSituation : batchSituation;
      const inputs = situation(hasher, PROFILES.dev);
      const derived = await calculator.calculate(inputs);
      for (let run = 0; run < 3; run++)
        expect(Buffer.compare(await native.calculate(inputs), derived), `run ${run}`).to.equal(0);
    });
  }
});
