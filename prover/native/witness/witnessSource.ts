import { type CircuitArtefact, readArtefact } from "../../proving/artefact.ts";
import type { CircuitInputs } from "../../proving/backend.ts";
import type { Addon } from "../addon.ts";
import { WitnessCalculator } from "../witness.ts";
import { findWitnessLibrary } from "./libraries.ts";
import { NativeWitness } from "./nativeWitness.ts";

/** A circuit's witnesses, from its compiled library where there is one, else from its wasm. */
export interface WitnessSource {
  /** What computes: "library" or "wasm". */
  readonly kind: "library" | "wasm";
  /**
   * @returns the bytes of a .wtns file; whoever takes it wipes it
   * @throws {ProofRefusedError} when a constraint fails or an input is unknown, missing or of another size; names no value
   */
  calculate(inputs: CircuitInputs): Promise<Uint8Array>;
  /** Uses the wasm from now on: the proof of a witness did not verify. @returns whether that changes anything */
  distrust(): boolean;
}

/**
 * The library is not taken at its word: what it refuses the wasm computes again, and whoever proves verifies each proof, so
 * that a wrong library costs time and nothing else.
 * @param find looks for a library by the SHA-256 of the wasm
 * @throws {ArtefactError} when the wasm is missing or has another digest
 */
export async function openWitnessSource(
  artefact: CircuitArtefact,
  addon: Addon,
  find: (wasmSha256: string) => Promise<string | null> = findWitnessLibrary,
): Promise<WitnessSource> {
  const { name, wasmPath, digests } = artefact;
  const readWasm = () => readArtefact(wasmPath, digests.wasm);
  let library = await open(artefact, addon, await find(digests.wasm));
  const bytes = await readWasm();
  let wasm = library === null ? WitnessCalculator.of(name, bytes) : null;
  const fromWasm = async (inputs: CircuitInputs): Promise<Uint8Array> => {
    wasm ??= readWasm().then((again) => WitnessCalculator.of(name, again)); // rarely needed: not kept in memory
    return (await wasm).calculate(inputs);
  };
  await wasm;
  return {
    get kind() {
      return library === null ? "wasm" : "library";
    },
    async calculate(inputs) {
      if (library === null) return fromWasm(inputs);
      try {
        return await library.calculate(inputs);
      } catch {
        const witness = await fromWasm(inputs); // mostly refuses for the same reason
        library = null;
        return witness;
      }
    },
    distrust() {
      const changes = library !== null;
      library = null;
      return changes;
    },
  };
}

/** A library that does not load here is as good as none. */
async function open({ name }: CircuitArtefact, addon: Addon, path: string | null): Promise<NativeWitness | null> {
  try {
    return path === null ? null : new NativeWitness(name, addon, path);
  } catch {
    return null;
  }
}
