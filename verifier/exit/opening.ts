/** What proves an account's place in a proven state: the words that the exit hall takes. */

import { packBox } from "../model/account.ts";
import type { Hasher } from "../model/hasher.ts";
import { type Node, widestBox } from "../model/node.ts";
import { marketsHash, type State } from "../model/state.ts";
import { openAccount } from "../model/tree.ts";

/** One level of the path, from the leaf up. @see contracts/interfaces/IStateHasher.sol */
export interface PathStep {
  readonly siblingHash: bigint;
  readonly siblingBox: bigint;
  readonly parentBox: bigint;
}

/** @see contracts/interfaces/IStateHasher.sol, field by field */
export interface AccountOpening {
  readonly index: number;
  /** "0x" and 40 hex digits. */
  readonly owner: string;
  readonly nonce: bigint;
  /** Signed quote units. */
  readonly quote: bigint;
  readonly sumQuote: bigint;
  readonly keyX: bigint;
  readonly keyY: bigint;
  readonly box: bigint;
  readonly marketsHash: bigint;
  /** Signed lots per market. */
  readonly sizes: readonly bigint[];
  readonly path: readonly PathStep[];
}

/** The opening of one account of a state; anyone who knows the state makes it. @throws {AccountIndexError} outside the tree */
export function openingOf(hasher: Hasher, state: State, index: number): AccountOpening {
  const { account, siblings } = openAccount(state.tree, index);
  const { owner, nonce, quote, keyX, keyY, sizes, lanes } = account;
  const box = packBox(lanes);
  return {
    index,
    owner: addressOf(owner),
    nonce,
    quote,
    sumQuote: state.sumQuote,
    keyX,
    keyY,
    box,
    marketsHash: marketsHash(hasher, state.markets),
    sizes,
    path: pathOf(box, siblings),
  };
}

/** An owner as an address. */
export function addressOf(owner: bigint): string {
  return `0x${owner.toString(16).padStart(40, "0")}`;
}

function pathOf(leafBox: bigint, siblings: readonly Node[]): readonly PathStep[] {
  let box = leafBox;
  return siblings.map((sibling) => {
    box = widestBox(box, sibling.box);
    return { siblingHash: sibling.hash, siblingBox: sibling.box, parentBox: box };
  });
}
