import { type LoadedCircuit, startEngine } from "./engine.ts";
import { ArtefactError, ProofRefusedError, ProvingInterruptedError } from "./errors.ts";
import type { ChildFailure, FromChild, ToChild } from "./protocol.ts";

/**
 * Main file of a proving child process. Engines run here and nowhere else: snarkjs' worker threads keep a process alive, a
 * fault in C++ ends one, and whatever an engine does, a proof is cancelled by killing the process that makes it.
 */

const circuits = new Map<string, LoadedCircuit>();
const tell = (message: FromChild): void => void process.send?.(message);

async function load(message: Extract<ToChild, { type: "load" }>): Promise<void> {
  const loadCircuit = await startEngine(message.engine);
  for (const artefact of message.circuits) circuits.set(artefact.name, await loadCircuit(artefact));
  tell({ type: "ready" });
}

async function prove(message: Extract<ToChild, { type: "prove" }>): Promise<void> {
  const circuit = circuits.get(message.circuit);
  if (circuit === undefined) throw new ArtefactError(message.circuit, "no such circuit was loaded");
  tell({ type: "proven", id: message.id, result: await circuit.prove(message.inputs) });
}

/** Only the named errors of this folder have a text that is known to hold no witness value. */
function failureOf(error: unknown): { readonly kind: ChildFailure; readonly reason: string } {
  if (error instanceof ArtefactError) return { kind: "artefact", reason: error.message };
  if (error instanceof ProvingInterruptedError) return { kind: "interrupted", reason: error.message };
  if (error instanceof ProofRefusedError) return { kind: "refused", reason: error.message };
  const starved = error instanceof RangeError && /allocat|memory/i.test(error.message); // V8's words
  return starved
    ? { kind: "interrupted", reason: "no memory" }
    : { kind: "refused", reason: "the prover failed inside" };
}

async function take(message: ToChild): Promise<void> {
  try {
    await (message.type === "load" ? load(message) : prove(message));
  } catch (error) {
    tell({ type: "failed", id: message.type === "prove" ? message.id : null, ...failureOf(error) });
  }
}

/** At once, whatever its threads do: an ordinary exit would wait for a proof in the addon. */
const leave = (): void => void process.kill(process.pid, "SIGKILL");

let turn: Promise<void> = Promise.resolve(); // one message after the other: nothing is proven before all is loaded
process.on("message", (message) => {
  turn = turn.then(() => take(message as ToChild)); // the only sender is the parent, of this version
});
process.on("disconnect", leave); // the parent died: nobody waits for this proof
process.on("uncaughtException", leave);
process.on("unhandledRejection", leave);
