import type { Hasher } from "./hasher.ts";

/** A child of a waiting parent: its hash, or its place among the nodes that the same call hashes; and its box. */
export interface Child {
  readonly hash: bigint | number;
  readonly box: bigint;
}

/** A parent that waits for its hash. */
export interface WaitingParent {
  readonly left: Child;
  readonly right: Child;
}

/** Nodes that wait for their hashes. Places count the leaves first, then the parents, level by level. */
export interface Forest {
  /** What each leaf hashes; lists of one length. */
  readonly leaves: readonly (readonly bigint[])[];
  /** From the lowest level up. A place that a parent names lies in a level below its own. */
  readonly levels: readonly (readonly WaitingParent[])[];
}

/**
 * The hashes of a forest: of each leaf's list, and Poseidon(L.hash, R.hash, L.box, R.box) of each parent; in one call where
 * the hasher has one for it, else one by one.
 * @returns by place
 */
export function hashForest(hasher: Hasher, forest: Forest): readonly bigint[] {
  return hasher.hashForest?.(forest) ?? hashOneByOne(hasher, forest);
}

function hashOneByOne(hasher: Hasher, { leaves, levels }: Forest): readonly bigint[] {
  const hashes = leaves.map((inputs) => hasher.hash(inputs));
  const hashOf = ({ hash }: Child): bigint => (typeof hash === "bigint" ? hash : hashAt(hashes, hash));
  for (const parents of levels) {
    const made = parents.map(({ left, right }) => hasher.hash([hashOf(left), hashOf(right), left.box, right.box]));
    hashes.push(...made);
  }
  return hashes;
}

function hashAt(hashes: readonly bigint[], place: number): bigint {
  const hash = hashes[place];
  if (hash === undefined) throw new ForestPlaceError(place, hashes.length);
  return hash;
}

/** A parent that names a place which is not below it. */
export class ForestPlaceError extends RangeError {
  override readonly name = "ForestPlaceError";
  readonly code = "FOREST_PLACE";
  constructor(place: number, below: number) {
    super(`${place} is not one of the ${below} places below`);
  }
}
