import type { CircuitArtefact } from "./artefact.ts";
import type { CircuitInputs, ProvenSignals } from "./backend.ts";
import type { Engine } from "./engine.ts";

/** What the service and a proving child say to each other over the child's IPC channel ("advanced" serialisation). */

export type ToChild =
  | { readonly type: "load"; readonly engine: Engine; readonly circuits: readonly CircuitArtefact[] }
  | { readonly type: "prove"; readonly id: number; readonly circuit: string; readonly inputs: CircuitInputs };

/** How a failure is to be read: `refused` repeats itself, `artefact` needs other files, `interrupted` may pass. */
export type ChildFailure = "refused" | "artefact" | "interrupted";

export type FromChild =
  | { readonly type: "ready" }
  | { readonly type: "proven"; readonly id: number; readonly result: ProvenSignals }
  | { readonly type: "failed"; readonly id: number | null; readonly kind: ChildFailure; readonly reason: string };
