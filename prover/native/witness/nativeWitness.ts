import { bn254 } from "@noble/curves/bn254.js";
import { ProofRefusedError } from "../../proving/errors.ts";
import type { Addon, WitnessLibraryHandle } from "../addon.ts";
import { flatten } from "../witness.ts";

const WORDS = 4; // of 64 bits, in a field element
const R = bn254.fields.Fr.ORDER;

/** Computes witnesses of one circuit through its compiled library, off the event loop. */
export class NativeWitness {
  readonly #circuit: string;
  readonly #addon: Addon;
  readonly #library: WitnessLibraryHandle;

  /** @param path a library of this circuit's, as `findWitnessLibrary` gives it */
  constructor(circuit: string, addon: Addon, path: string) {
    this.#circuit = circuit;
    this.#addon = addon;
    this.#library = addon.loadWitness(path);
  }

  /**
   * @param inputs field elements by name, nested in arrays as the circuit declares them
   * @returns the bytes of a .wtns file; whoever takes it wipes it
   * @throws {ProofRefusedError} when a constraint fails or an input is unknown, missing or of another size; names no value
   */
  async calculate(inputs: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
    const words = this.#pack(inputs);
    try {
      return await this.#addon.witness(this.#library, new Uint8Array(words.buffer));
    } catch (error) {
      const { code, message } = error as Error & { code?: unknown }; // the addon's errors carry one
      throw this.#refusal(code === "NATIVE_CONSTRAINT" ? `a constraint fails in ${message}` : message);
    } finally {
      words.fill(0n);
    }
  }

  #refusal = (reason: string): ProofRefusedError => new ProofRefusedError(this.#circuit, `no witness: ${reason}`);

  #pack(inputs: Readonly<Record<string, unknown>>): BigUint64Array<ArrayBuffer> {
    const [, expected] = this.#addon.witnessInput(this.#library, "");
    const words = new BigUint64Array(expected * WORDS);
    let given = 0;
    for (const [name, value] of Object.entries(inputs)) {
      const elements = flatten(value);
      const [first, size] = name === "" ? [0, 0] : this.#addon.witnessInput(this.#library, name);
      if (size === 0 && elements.length > 0) throw this.#refusal(`Signal ${name} not found`);
      if (elements.length < size) throw this.#refusal(`Not enough values for input signal ${name}`);
      if (elements.length > size) throw this.#refusal(`Too many values for input signal ${name}`);
      for (const [position, element] of elements.entries()) {
        const reduced = element >= 0n && element < R ? element : ((element % R) + R) % R;
        for (let word = 0; word < WORDS; word++)
          words[(first + position) * WORDS + word] = reduced >> BigInt(64 * word); // stores the low 64 bits
      }
      given += elements.length;
    }
    if (given < expected) throw this.#refusal("Not all inputs have been set");
    return words;
  }
}
