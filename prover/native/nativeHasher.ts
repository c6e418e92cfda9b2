import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Hasher, HashWidthError } from "../../verifier/model/hasher.ts";
import type { Addon, LevelName, PoseidonTable } from "./addon.ts";

const MAX_INPUTS = 16;
const WORDS = 4; // of 64 bits, in a field element
const BYTES = 32;

/** circomlib's constants by width, as hexadecimal text: round constants, full matrix, the one before the partial rounds, sparse rows. */
interface Constants {
  readonly C: readonly (readonly string[])[];
  readonly M: readonly (readonly (readonly string[])[])[];
  readonly P: readonly (readonly (readonly string[])[])[];
  readonly S: readonly (readonly string[])[];
}

function readConstants(): Constants {
  const library = createRequire(import.meta.url).resolve("circomlibjs");
  const path = join(dirname(library), "..", "src", "poseidon_constants_opt.json");
  return JSON.parse(readFileSync(path, "utf8")) as Constants; // a file of a pinned package
}

function pack(values: readonly string[]): Uint8Array {
  const words = new BigUint64Array(values.length * WORDS);
  for (const [index, text] of values.entries()) store(words, index * WORDS, BigInt(text));
  return new Uint8Array(words.buffer);
}

function store(words: BigUint64Array, at: number, value: bigint): void {
  for (let word = 0; word < WORDS; word++) words[at + word] = value >> BigInt(64 * word); // stores the low 64 bits
}

function load(words: BigUint64Array, at: number): bigint {
  const [low = 0n, second = 0n, third = 0n, high = 0n] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
  return low | (second << 64n) | (third << 128n) | (high << 192n);
}

/** Poseidon on the addon's field code, behind the model's interface; `hashMany` hashes lists of one length in one call. */
export interface NativeHasher extends Hasher {
  hashMany(lists: readonly (readonly bigint[])[]): bigint[];
}

export function createNativeHasher(addon: Addon, level: LevelName): NativeHasher {
  const constants = readConstants();
  const tables = new Map<number, PoseidonTable>();
  const scratch = new BigUint64Array(MAX_INPUTS * WORDS);
  const scratchBytes = new Uint8Array(scratch.buffer);

  function tableOf(inputs: number): PoseidonTable {
    const known = tables.get(inputs);
    if (known !== undefined) return known;
    if (inputs < 1 || inputs > MAX_INPUTS) throw new HashWidthError(`${inputs} inputs, 1 to 16 are possible`);
    const { C, M, P, S } = constants;
    const at = inputs - 1;
    const texts = [C[at] ?? [], (M[at] ?? []).flat(), (P[at] ?? []).flat(), S[at] ?? []].flat();
    const table = addon.poseidonTable(level, inputs + 1, pack(texts));
    tables.set(inputs, table);
    return table;
  }

  return {
    hash(inputs) {
      const table = tableOf(inputs.length);
      for (let index = 0; index < inputs.length; index++) store(scratch, index * WORDS, inputs[index] ?? 0n);
      addon.poseidon(table, scratchBytes, 1);
      return load(scratch, 0);
    },
    hashMany(lists) {
      const inputs = lists[0]?.length ?? 1;
      const words = new BigUint64Array(lists.length * inputs * WORDS);
      for (const [index, list] of lists.entries()) {
        if (list.length !== inputs) throw new HashWidthError(`a list of ${list.length} among lists of ${inputs}`);
        for (let k = 0; k < inputs; k++) store(words, (index * inputs + k) * WORDS, list[k] ?? 0n);
      }
      addon.poseidon(tableOf(inputs), new Uint8Array(words.buffer, 0, lists.length * inputs * BYTES), lists.length);
      return lists.map((_, index) => load(words, index * WORDS));
    },
  };
}
