import type { NativeEngine } from "../native/nativeCircuit.ts";
import type { CircuitArtefact } from "./artefact.ts";
import type { CircuitInputs, ProvenSignals } from "./backend.ts";

/** What a proving child computes with; sent to it, so it holds no functions. */
export type Engine = { readonly name: "snarkjs" } | NativeEngine;

/** One circuit in the memory of a proving child: files read once, checked by digest, used for every proof. */
export interface LoadedCircuit {
  /**
   * A proof that was verified against the circuit's key. One at a time.
   * @throws {ProofRefusedError} when the inputs have no witness, or the proof does not verify
   * @throws {ProvingInterruptedError} when the engine failed for a reason that may pass
   */
  prove(inputs: CircuitInputs): Promise<ProvenSignals>;
}

/** @throws {ArtefactError} when a file is missing, has another digest or cannot be read as what it should be */
export type CircuitLoader = (artefact: CircuitArtefact) => Promise<LoadedCircuit>;

/** Starts an engine in this process; a child loads the code of no other. */
export async function startEngine(engine: Engine): Promise<CircuitLoader> {
  if (engine.name === "snarkjs") return (await import("./snarkjsCircuit.ts")).startSnarkjs();
  return (await import("../native/nativeCircuit.ts")).startNative(engine);
}
