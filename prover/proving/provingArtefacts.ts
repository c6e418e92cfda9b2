import type { Artefacts, CircuitName } from "../../scripts/circuits/artefacts.ts";
import type { CircuitArtefact } from "./artefact.ts";

/** What proving needs of the circuits that `loadArtefacts` gives. */
export function provingArtefacts(artefacts: Artefacts): Readonly<Record<CircuitName, CircuitArtefact>> {
  const describe = (name: CircuitName): CircuitArtefact => {
    const { files } = artefacts.manifest.circuits[name];
    const { wasm, zkey, verificationKey } = artefacts[name];
    return {
      name,
      wasmPath: wasm,
      zkeyPath: zkey,
      verificationKeyPath: verificationKey,
      digests: { wasm: files.wasm.sha256, zkey: files.zkey.sha256, verificationKey: files.verificationKey.sha256 },
    };
  };
  return { OracleRound: describe("OracleRound"), MarginBatch: describe("MarginBatch") };
}
