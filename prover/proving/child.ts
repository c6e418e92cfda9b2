import { curves } from "snarkjs";
import { type LoadedCircuit, loadCircuit } from "./childCircuit.ts";
import { ArtefactError } from "./errors.ts";
import type { FromChild, ToChild } from "./protocol.ts";

/**
 * Main file of a proving child process. snarkjs runs here and nowhere else: its worker threads keep a process alive,
 * and a proof can only be cancelled by killing the process that makes it.
 */

const circuits = new Map<string, LoadedCircuit>();
const tell = (message: FromChild): void => void process.send?.(message);

async function load(message: Extract<ToChild, { type: "load" }>): Promise<void> {
  for (const artefact of message.circuits) circuits.set(artefact.name, await loadCircuit(artefact));
  await curves.getCurveFromName("bn128"); // snarkjs keeps this one warm for every later proof
  tell({ type: "ready" });
}

async function prove(message: Extract<ToChild, { type: "prove" }>): Promise<void> {
  const circuit = circuits.get(message.circuit);
  if (circuit === undefined) throw new ArtefactError(message.circuit, "no such circuit was loaded");
  tell({ type: "proven", id: message.id, result: await circuit.prove(message.inputs) });
}

async function take(message: ToChild): Promise<void> {
  if (message.type === "end") process.exit(0);
  try {
    await (message.type === "load" ? load(message) : prove(message));
  } catch (error) {
    // Only the named errors of this folder have a text that is known to hold no witness value.
    const named = error instanceof Error && (error.name === "ProofRefusedError" || error.name === "ArtefactError");
    tell({
      type: "failed",
      id: message.type === "prove" ? message.id : null,
      kind: error instanceof ArtefactError ? "artefact" : "refused",
      reason: named ? error.message : "the prover failed inside snarkjs",
    });
  }
}

let turn: Promise<void> = Promise.resolve(); // one message after the other: nothing is proven before all is loaded
process.on("message", (message) => {
  turn = turn.then(() => take(message as ToChild)); // the only sender is the parent, of this version
});
process.on("disconnect", () => process.exit(0)); // the parent died: nobody waits for this proof
process.on("uncaughtException", () => process.exit(70));
process.on("unhandledRejection", () => process.exit(70));
