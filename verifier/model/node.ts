import { type Account, leafWords, packBox } from "./account.ts";
import { maximum } from "./arithmetic.ts";
import { LANE_STRIDE } from "./constants.ts";
import { type Child, hashForest } from "./forest.ts";
import type { Hasher } from "./hasher.ts";

/** What a parent commits to about a child. */
export interface Node {
  readonly hash: bigint;
  /** Lane-wise maximum of the boxes below, packed. */
  readonly box: bigint;
}

export interface Leaf extends Node {
  readonly account: Account;
}

export interface Branch extends Node {
  readonly left: Subtree;
  readonly right: Subtree;
}

export type Subtree = Leaf | Branch;

/** hash = Poseidon(leafWords); box = the packed lanes. */
export function makeLeaf(hasher: Hasher, account: Account): Leaf {
  return new LazyLeaf(hasher, account);
}

/** hash = Poseidon(L.hash, R.hash, L.box, R.box); box = lane-wise maximum. */
export function makeBranch(hasher: Hasher, left: Subtree, right: Subtree): Branch {
  return new LazyBranch(hasher, left as LazyNode, right as LazyNode); // this file makes all subtrees
}

/** What {@link makeBranch} says of any two nodes, at once. */
export function parentOf(hasher: Hasher, left: Node, right: Node): Node {
  return { hash: hasher.hash([left.hash, right.hash, left.box, right.box]), box: widestBox(left.box, right.box) };
}

/** Lane-wise maximum of two packed boxes: the tighter bound of each market and side. */
export function widestBox(a: bigint, b: bigint): bigint {
  if (a === b || b === 0n) return a;
  if (a === 0n) return b;
  const low = maximum(BigInt.asUintN(LANE, a), BigInt.asUintN(LANE, b));
  return low | (widestBox(a >> LANE_STRIDE, b >> LANE_STRIDE) << LANE_STRIDE);
}

const LANE = Number(LANE_STRIDE);

/**
 * Hashes what waits in and below the nodes, in one call of the hasher: quicker than when each is read by itself. It changes
 * no value: a node's hash is a function of what it was made of, computed when first read and then kept.
 */
export function hashWaiting(nodes: Iterable<Node>): void {
  const leaves: LazyLeaf[] = [];
  const levels: LazyBranch[][] = [];
  const places = new Map<LazyNode, number>();
  const collect = (node: LazyNode): void => {
    if (node.known !== undefined || places.has(node)) return;
    places.set(node, 0);
    if (node instanceof LazyLeaf) {
      leaves.push(node);
      return;
    }
    collect(node.left);
    collect(node.right);
    const level = levels[node.level - 1] ?? [];
    levels[node.level - 1] = level;
    level.push(node);
  };
  for (const node of nodes) if (isLazy(node)) collect(node);

  const order: readonly LazyNode[] = [...leaves, ...levels.flat()];
  const [first] = order;
  if (first === undefined) return;
  for (const [place, node] of order.entries()) places.set(node, place);
  const child = (node: LazyNode): Child => ({ hash: node.known ?? places.get(node) ?? 0, box: node.box });
  const hashes = hashForest(first.hasher, {
    leaves: leaves.map(({ account }) => leafWords(account)),
    levels: Array.from(levels, (level = []) =>
      level.map(({ left, right }) => ({ left: child(left), right: child(right) })),
    ),
  });
  for (const [place, node] of order.entries()) node.known = hashes[place];
}

type LazyNode = LazyLeaf | LazyBranch;

abstract class Lazy implements Node {
  abstract readonly box: bigint;
  readonly hasher: Hasher;
  /** The hash, once it was computed; then all below are known as well. */
  known: bigint | undefined = undefined;
  constructor(hasher: Hasher) {
    this.hasher = hasher;
  }

  get hash(): bigint {
    if (this.known === undefined) hashWaiting([this]);
    return this.known as unknown as bigint; // hashWaiting sets it or throws
  }
}

class LazyLeaf extends Lazy implements Leaf {
  readonly account: Account;
  readonly box: bigint;
  readonly level = 0;
  constructor(hasher: Hasher, account: Account) {
    super(hasher);
    this.account = account;
    this.box = packBox(account.lanes);
  }
}

class LazyBranch extends Lazy implements Branch {
  readonly left: LazyNode;
  readonly right: LazyNode;
  readonly box: bigint;
  readonly level: number;
  constructor(hasher: Hasher, left: LazyNode, right: LazyNode) {
    super(hasher);
    this.left = left;
    this.right = right;
    this.box = widestBox(left.box, right.box);
    this.level = left.level + 1;
  }
}

const isLazy = (node: Node): node is LazyNode => node instanceof LazyLeaf || node instanceof LazyBranch;
