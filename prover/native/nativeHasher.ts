import type { Forest } from "../../verifier/model/forest.ts";
import { type Hasher, HashWidthError } from "../../verifier/model/hasher.ts";
import type { Addon, PoseidonTable } from "./addon.ts";
import type { LevelName } from "./levelName.ts";
import { PARENT_INPUTS, packParents } from "./packForest.ts";
import { readPoseidonConstants } from "./poseidonConstants.ts";
import { bytesOf, loadWord, storeWord, WORDS } from "./words.ts";

const MAX_INPUTS = 16;

/** Poseidon on the addon's field code, behind the model's interface; `hashMany` hashes lists of one length in one call. */
export interface NativeHasher extends Hasher {
  hashMany(lists: readonly (readonly bigint[])[]): bigint[];
  hashForest(forest: Forest): bigint[];
}

export function createNativeHasher(addon: Addon, level: LevelName): NativeHasher {
  const constantsOf = readPoseidonConstants();
  const tables = new Map<number, PoseidonTable>();
  const scratch = new BigUint64Array(MAX_INPUTS * WORDS);
  const scratchBytes = new Uint8Array(scratch.buffer);

  function tableOf(inputs: number): PoseidonTable {
    const known = tables.get(inputs);
    if (known !== undefined) return known;
    if (inputs < 1 || inputs > MAX_INPUTS) throw new HashWidthError(`${inputs} inputs, 1 to 16 are possible`);
    const table = addon.poseidonTable(level, inputs + 1, constantsOf(inputs));
    tables.set(inputs, table);
    return table;
  }

  /** @param room words for which the result has place behind the hashes */
  function hashLists(lists: readonly (readonly bigint[])[], room: number): BigUint64Array {
    const inputs = lists[0]?.length ?? 1;
    const words = new BigUint64Array(Math.max(lists.length * inputs, lists.length + room) * WORDS);
    for (const [index, list] of lists.entries()) {
      if (list.length !== inputs) throw new HashWidthError(`a list of ${list.length} among lists of ${inputs}`);
      for (let k = 0; k < inputs; k++) storeWord(words, (index * inputs + k) * WORDS, list[k] ?? 0n);
    }
    if (lists.length > 0) addon.poseidon(tableOf(inputs), bytesOf(words), lists.length);
    return words.subarray(0, (lists.length + room) * WORDS);
  }

  function hashForest({ leaves, levels }: Forest): bigint[] {
    const count = levels.reduce((sum, { length }) => sum + length, 0);
    const hashes = hashLists(leaves, count);
    const { parents, places, widths } = packParents(leaves.length, levels, count);
    if (count > 0) addon.poseidonForest(tableOf(PARENT_INPUTS), bytesOf(hashes), parents, places, widths);
    return Array.from({ length: leaves.length + count }, (_, place) => loadWord(hashes, place * WORDS));
  }

  return {
    hash(inputs) {
      const table = tableOf(inputs.length);
      for (let index = 0; index < inputs.length; index++) storeWord(scratch, index * WORDS, inputs[index] ?? 0n);
      addon.poseidon(table, scratchBytes, 1);
      return loadWord(scratch, 0);
    },
    hashMany(lists) {
      const hashes = hashLists(lists, 0);
      return lists.map((_, index) => loadWord(hashes, index * WORDS));
    },
    hashForest,
  };
}
