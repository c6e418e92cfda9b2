import type { ProverName } from "./figures.ts";
import type { Sample } from "./samples.ts";

/** What a prover's process is started with, as JSON in its first argument. */
export interface ProverOrder {
  readonly prover: ProverName;
  readonly zkeyPath: string;
  readonly wtnsPath: string;
  /** A built addon, for native provers. */
  readonly addonPath?: string;
  /** Where precomputed tables of this key and level are kept, for native provers with tables. */
  readonly tablesFolder?: string;
  /** The program, for the peer. */
  readonly peerPath?: string;
}

/** A proof and its public signals as snarkjs writes them. */
export interface JsonProof {
  readonly proof: unknown;
  readonly publicSignals: unknown;
}

/** From the process: ready once, then a proof for each message, or what went wrong. */
export type FromProver =
  | { readonly type: "ready" }
  | { readonly type: "proven"; readonly sample: Sample; readonly result: JsonProof }
  | { readonly type: "failed"; readonly reason: string };
