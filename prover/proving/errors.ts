import { ProverError, Retryable } from "../errors.ts";

/** The circuit has no witness for these inputs, or the proof did not verify. Trying again gives the same. */
export class ProofRefusedError extends ProverError {
  override readonly name = "ProofRefusedError";
  readonly code = "PROOF_REFUSED";
  readonly circuit: string;
  constructor(circuit: string, reason: string) {
    super(`${circuit}: ${reason}`);
    this.circuit = circuit;
  }
}

/** The proving process died, hung or ran out of memory. The same inputs may be proven again. */
export class ProvingInterruptedError extends Retryable {
  override readonly name = "ProvingInterruptedError";
  readonly code = "PROVING_INTERRUPTED";
  readonly circuit: string;
  constructor(circuit: string, reason: string) {
    super(`${circuit}: ${reason}`);
    this.circuit = circuit;
  }
}

/** A wasm, zkey or verification key is missing or is not the one that the manifest names. */
export class ArtefactError extends ProverError {
  override readonly name = "ArtefactError";
  readonly code = "ARTEFACT_MISMATCH";
  readonly path: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}

/** The prover that was asked for is not to be had on this machine. */
export class BackendUnavailableError extends ProverError {
  override readonly name = "BackendUnavailableError";
  readonly code = "BACKEND_UNAVAILABLE";
  readonly backend: string;
  constructor(backend: string, reason: string) {
    super(`the prover ${backend} ${reason}`);
    this.backend = backend;
  }
}
