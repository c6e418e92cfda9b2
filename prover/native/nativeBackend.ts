import { AbortedError } from "../errors.ts";
import type { CircuitArtefact } from "../proving/artefact.ts";
import type { ProofBackend } from "../proving/backend.ts";
import { ArtefactError } from "../proving/errors.ts";
import { loadNativeCircuit, type NativeCircuit, type NativeOptions } from "./nativeCircuit.ts";

export interface NativeConfig extends NativeOptions {
  readonly circuits: readonly CircuitArtefact[];
}

/**
 * The addon as a backend, in this process. Proofs take turns, since each uses every processor. Unlike the snarkjs backend it
 * needs no child: a proof ends when it is cancelled, and leaves no thread behind.
 */
export function createNativeBackend(config: NativeConfig): ProofBackend {
  const loaded = new Map<string, Promise<NativeCircuit>>();
  const closing = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();

  function circuitOf(name: string): Promise<NativeCircuit> {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const artefact = config.circuits.find((circuit) => circuit.name === name);
    if (artefact === undefined) throw new ArtefactError(name, "no such circuit was loaded");
    const loading = loadNativeCircuit(artefact, config);
    loaded.set(name, loading);
    loading.catch(() => loaded.delete(name)); // a file that is put right is read again
    return loading;
  }

  return {
    async prove(circuit, inputs, signal) {
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const mine = turn.then(async () => {
        if (either.aborted) throw new AbortedError("waiting for the prover");
        return (await circuitOf(circuit)).prove(inputs, either);
      });
      turn = mine.catch(() => {});
      return mine;
    },
    async close() {
      closing.abort();
      await turn;
      loaded.clear();
    },
  };
}
