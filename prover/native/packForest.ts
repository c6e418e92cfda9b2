import { type Child, type Forest, ForestPlaceError } from "../../verifier/model/forest.ts";
import { bytesOf, storeWord, WORDS } from "./words.ts";

/** What a parent hashes: L.hash, R.hash, L.box, R.box. */
export const PARENT_INPUTS = 4;

/** Parents as the addon's `poseidonForest` takes them. */
export interface PackedParents {
  readonly parents: Uint8Array;
  readonly places: Uint8Array;
  readonly widths: Uint8Array;
}

/**
 * @param leaves how many places the leaves take
 * @param count of the parents
 * @throws {ForestPlaceError} when a parent names a place that is not below it
 */
export function packParents(leaves: number, levels: Forest["levels"], count: number): PackedParents {
  const words = new BigUint64Array(count * PARENT_INPUTS * WORDS);
  const places = new Uint32Array(2 * count);
  let parent = 0;
  let below = 0;

  function put({ hash, box }: Child, side: 0 | 1): void {
    const at = (parent * PARENT_INPUTS + side) * WORDS;
    if (typeof hash === "bigint") storeWord(words, at, hash);
    else if (Number.isInteger(hash) && hash >= 0 && hash < below) places[2 * parent + side] = hash + 1;
    else throw new ForestPlaceError(hash, below);
    if (box !== 0n) storeWord(words, at + 2 * WORDS, box);
  }

  for (const level of levels) {
    below = leaves + parent;
    for (const { left, right } of level) {
      put(left, 0);
      put(right, 1);
      parent++;
    }
  }
  const widths = Uint32Array.from(levels, ({ length }) => length);
  return { parents: bytesOf(words), places: bytesOf(places), widths: bytesOf(widths) };
}
