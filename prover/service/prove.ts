import type { EventEmitter } from "node:events";
import { performance } from "node:perf_hooks";
import type { CircuitArtefact } from "../proving/artefact.ts";
import type { CircuitInputs, ProofBackend, ProvenSignals } from "../proving/backend.ts";
import { ProofRefusedError } from "../proving/errors.ts";
import { type ProofTable, proofKey } from "../store/proofs.ts";
import type { ProverEvents } from "./handle.ts";

export interface ProveContext {
  readonly backend: ProofBackend;
  readonly proofs: ProofTable;
  readonly events: EventEmitter<ProverEvents>;
}

/** What is to be proven, and the key that names the proof. */
export interface ProofJob {
  readonly circuit: CircuitArtefact;
  /** The model's public signals in the circuit's order. */
  readonly publicSignals: readonly bigint[];
  /** Made only when there is no proof yet. */
  readonly inputs: () => CircuitInputs;
}

export const keyOf = ({ circuit, publicSignals }: ProofJob): string => proofKey(circuit.digests.zkey, publicSignals);

/** Proofs that are kept for a restart; older ones are settled or worthless. */
const KEPT_PROOFS = 64;

/**
 * The proof of a claim: the stored one, or a new one, which is stored before it is handed on.
 * @throws {ProofRefusedError} when the circuit refuses the witness, or its signals are not those of the model
 */
export async function proveOnce(
  { backend, proofs, events }: ProveContext,
  job: ProofJob,
  signal: AbortSignal,
): Promise<ProvenSignals> {
  const key = keyOf(job);
  const known = proofs.get(key);
  if (known !== null) return known;
  const begun = performance.now();
  const proven = await backend.prove(job.circuit.name, job.inputs(), signal);
  const differs = proven.publicSignals.findIndex((value, index) => value !== job.publicSignals[index]);
  if (differs >= 0 || proven.publicSignals.length !== job.publicSignals.length) {
    throw new ProofRefusedError(job.circuit.name, `public signal ${differs} is not that of the model`);
  }
  proofs.put(key, job.circuit.name, proven);
  proofs.prune(KEPT_PROOFS);
  events.emit("proof", { circuit: job.circuit.name, milliseconds: Math.round(performance.now() - begun), key });
  return proven;
}
