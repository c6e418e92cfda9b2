import type { Forest } from "./forest.ts";

/** Poseidon over BN254 with circomlib's constants. A native one can stand behind this interface. */
export interface Hasher {
  /**
   * Poseidon of 1 to 16 field elements.
   * @param inputs canonical field elements
   * @returns a canonical field element
   */
  hash(inputs: readonly bigint[]): bigint;
  /** All hashes of a forest in one call, where that is quicker than one by one: see forest.ts. */
  hashForest?(forest: Forest): readonly bigint[];
}

/** A list that Poseidon has no width for. */
export class HashWidthError extends RangeError {
  override readonly name = "HashWidthError";
  readonly code = "HASH_WIDTH";
}

/** The parts of circomlibjs' WebAssembly that are used here; pointers are byte addresses in `memory`. */
interface PoseidonWasm {
  readonly memory: WebAssembly.Memory;
  alloc(bytes: number): number;
  readonly instance: {
    readonly exports: {
      frm_batchToMontgomery(input: number, count: number, output: number): void;
      frm_fromMontgomery(input: number, output: number): void;
      poseidon(initialState: number, input: number, count: number, output: number, outputs: number): void;
    };
  };
}

const MAX_INPUTS = 16;
const ELEMENT_BYTES = 32;
const WORD_BYTES = 8;

let shared: Promise<Hasher> | undefined;

/** The default hasher, in WebAssembly on one thread; built once per process. */
export function createHasher(): Promise<Hasher> {
  shared ??= build();
  return shared;
}

/**
 * Writes integers straight into the module's memory and lets it change their form there: the library's own calls spend as
 * much again on conversions in JavaScript.
 */
async function build(): Promise<Hasher> {
  const { buildPoseidon } = await import("circomlibjs");
  const poseidon = await buildPoseidon();
  const wasm = (poseidon.F as unknown as { readonly tm: PoseidonWasm }).tm; // the library has no types of its own
  const { frm_batchToMontgomery, frm_fromMontgomery, poseidon: permute } = wasm.instance.exports;
  const input = wasm.alloc(MAX_INPUTS * ELEMENT_BYTES);
  const output = wasm.alloc(ELEMENT_BYTES);
  const zero = wasm.alloc(ELEMENT_BYTES);
  let words = new BigUint64Array(wasm.memory.buffer).fill(0n, zero / WORD_BYTES, (zero + ELEMENT_BYTES) / WORD_BYTES);

  return {
    hash(inputs) {
      if (inputs.length < 1 || inputs.length > MAX_INPUTS)
        throw new HashWidthError(`${inputs.length} inputs, 1 to 16 are possible`);
      if (words.buffer !== wasm.memory.buffer) words = new BigUint64Array(wasm.memory.buffer); // the memory grew
      let at = input / WORD_BYTES;
      for (const value of inputs) {
        for (let shift = 0n; shift < 256n; shift += 64n) words[at++] = value >> shift; // stores the low 64 bits
      }
      frm_batchToMontgomery(input, inputs.length, input);
      permute(zero, input, inputs.length, output, 1);
      frm_fromMontgomery(output, output);
      const [low = 0n, second = 0n, third = 0n, high = 0n] = words.subarray(
        output / WORD_BYTES,
        output / WORD_BYTES + 4,
      );
      return low | (second << 64n) | (third << 128n) | (high << 192n);
    },
  };
}
