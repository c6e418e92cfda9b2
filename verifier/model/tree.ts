import { type Account, emptyAccount, leafHash, packBox } from "./account.ts";
import type { Hasher } from "./hasher.ts";
import { type Branch, type Leaf, makeBranch, makeLeaf, type Node, parentOf, type Subtree } from "./node.ts";

/** A persistent, sparse tree of 2^depth accounts: setting an account makes a new tree that shares all else. */
export interface Tree {
  readonly depth: number;
  readonly markets: number;
  readonly root: Subtree;
}

/** An account with what proves its place: siblings from the leaf's level up. */
export interface Opening {
  readonly index: number;
  readonly account: Account;
  readonly siblings: readonly Node[];
}

/** An index outside the tree. */
export class AccountIndexError extends RangeError {
  override readonly name = "AccountIndexError";
  readonly code = "ACCOUNT_INDEX";
}

/** The tree without accounts. Empty subtrees of a level are one object, so it costs depth + 1 hashes. */
export function emptyTree(hasher: Hasher, depth: number, markets: number): Tree {
  let root: Subtree = makeLeaf(hasher, emptyAccount(markets));
  for (let level = 0; level < depth; level++) root = makeBranch(hasher, root, root);
  return { depth, markets, root };
}

/** The account at an index; the empty account where none was set. */
export function accountAt(tree: Tree, index: number): Account {
  return openAccount(tree, index).account;
}

/** An account and its siblings. Bit i of the index, lowest first, says that the node at level i is a right child. */
export function openAccount(tree: Tree, index: number): Opening {
  checkIndex(tree, index);
  const siblings: Node[] = [];
  let node = tree.root;
  for (let level = tree.depth - 1; level >= 0; level--) {
    const { left, right } = node as Branch; // above the leaves all nodes are branches
    const goesRight = isRight(index, level);
    siblings.push(goesRight ? left : right);
    node = goesRight ? right : left;
  }
  return { index, account: (node as Leaf).account, siblings: siblings.reverse() }; // at level 0 all nodes are leaves
}

/** The tree with one account replaced; costs depth + 1 hashes once its root's is read, fewer when others are set before that. */
export function setAccount(hasher: Hasher, tree: Tree, index: number, account: Account): Tree {
  checkIndex(tree, index);
  const replace = (node: Subtree, level: number): Subtree => {
    if (level === 0) return makeLeaf(hasher, account);
    const { left, right } = node as Branch; // above the leaves all nodes are branches
    return isRight(index, level - 1)
      ? makeBranch(hasher, left, replace(right, level - 1))
      : makeBranch(hasher, replace(left, level - 1), right);
  };
  return { ...tree, root: replace(tree.root, tree.depth) };
}

/** All accounts that are not empty, by index; skips empty subtrees. */
export function* accountsOf(tree: Tree, hasher: Hasher): Generator<readonly [index: number, account: Account]> {
  const empty: Subtree[] = [emptyTree(hasher, 0, tree.markets).root];
  for (let level = 0; level < tree.depth; level++) {
    const below = empty[level];
    if (below !== undefined) empty.push(makeBranch(hasher, below, below));
  }
  function* walk(node: Subtree, level: number, index: number): Generator<readonly [number, Account]> {
    if (node.hash === empty[level]?.hash) return;
    if (level === 0) {
      yield [index, (node as Leaf).account]; // at level 0 all nodes are leaves
      return;
    }
    const { left, right } = node as Branch; // above the leaves all nodes are branches
    yield* walk(left, level - 1, index);
    yield* walk(right, level - 1, index + 2 ** (level - 1));
  }
  yield* walk(tree.root, tree.depth, 0);
}

/** Recomputes the root's node from an opening: the check that a circuit does. */
export function rootOfOpening(hasher: Hasher, { index, account, siblings }: Opening): Node {
  return siblings.reduce<Node>(
    (node, sibling, level) => {
      return isRight(index, level) ? parentOf(hasher, sibling, node) : parentOf(hasher, node, sibling);
    },
    { hash: leafHash(hasher, account), box: packBox(account.lanes) },
  );
}

function isRight(index: number, level: number): boolean {
  return Math.floor(index / 2 ** level) % 2 === 1;
}

function checkIndex(tree: Tree, index: number): void {
  if (!Number.isSafeInteger(index) || index < 0 || index >= 2 ** tree.depth) {
    throw new AccountIndexError(`${index} is not in [0, 2^${tree.depth})`);
  }
}
