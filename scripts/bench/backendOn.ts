import type { CircuitArtefact } from "../../prover/proving/artefact.ts";
import type { ProofBackend } from "../../prover/proving/backend.ts";
import type { ProvingConfig } from "../../prover/proving/provingPool.ts";
import { createSnarkjsBackend } from "../../prover/proving/snarkjsBackend.ts";
import { type Artefacts, CIRCUITS } from "../circuits/artefacts.ts";

/**
 * A proving backend on the built artefacts, with one proving process; the caller closes it.
 * @param open which backend; snarkjs when absent
 */
export function backendOn(
  artefacts: Artefacts,
  open: (config: ProvingConfig) => ProofBackend = createSnarkjsBackend,
): ProofBackend {
  const circuits = CIRCUITS.map((name): CircuitArtefact => {
    const { wasm, zkey, verificationKey } = artefacts.manifest.circuits[name].files;
    return {
      name,
      wasmPath: artefacts[name].wasm,
      zkeyPath: artefacts[name].zkey,
      verificationKeyPath: artefacts[name].verificationKey,
      digests: { wasm: wasm.sha256, zkey: zkey.sha256, verificationKey: verificationKey.sha256 },
    };
  });
  return open({ circuits, children: 1 });
}
