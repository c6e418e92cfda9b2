import { expect } from "chai";
import { emptyAccount, leafHash, packBox } from "../../verifier/model/account.ts";
import { type Forest, ForestPlaceError, hashForest } from "../../verifier/model/forest.ts";
import type { Hasher } from "../../verifier/model/hasher.ts";
import { hashWaiting, makeBranch, makeLeaf, parentOf } from "../../verifier/model/node.ts";
import { emptyTree, openAccount, setAccount, type Tree } from "../../verifier/model/tree.ts";
import { hasher } from "../helpers/model/instance.ts";

const DEPTH = 5;
const some = { ...emptyAccount(2), quote: 5n, lanes: [7n, 0n, 0n, 9n] };

/** A hasher that counts, with or without a call for forests. */
function counting(whole: boolean): { readonly hasher: Hasher; readonly calls: { hashes: number; forests: Forest[] } } {
  const calls = { hashes: 0, forests: [] as Forest[] };
  const single: Hasher = {
    hash(inputs) {
      calls.hashes++;
      return hasher.hash(inputs);
    },
  };
  const forests = (forest: Forest): readonly bigint[] => {
    calls.forests.push(forest);
    return hashForest(hasher, forest);
  };
  return { hasher: whole ? { ...single, hashForest: forests } : single, calls };
}

const setAll = (tree: Tree, by: Hasher, indices: readonly number[]): Tree =>
  indices.reduce((last, index) => setAccount(by, last, index, { ...some, quote: BigInt(index) }), tree);

describe("nodes of the account tree", () => {
  it("say of two nodes what parentOf says", () => {
    const [left, right] = [makeLeaf(hasher, some), makeLeaf(hasher, emptyAccount(2))];
    expect(left.hash).to.equal(leafHash(hasher, some));
    expect(left.box).to.equal(packBox(some.lanes));
    const { hash, box } = makeBranch(hasher, left, right);
    expect({ hash, box }).to.deep.equal(parentOf(hasher, left, right));
  });

  it("are hashed when they are read, once each, and no version that nobody reads", () => {
    const { hasher: counted, calls } = counting(false);
    const tree = setAll(emptyTree(counted, DEPTH, 2), counted, [1, 1, 1, 2]);
    expect(calls.hashes).to.equal(0);
    expect(tree.root.hash).to.equal(setAll(emptyTree(hasher, DEPTH, 2), hasher, [1, 2]).root.hash);
    const leaves = 3; // 1, 2 and the empty one
    const parents = 2 + (DEPTH - 1) + (DEPTH - 1); // of 0 to 3, their common path, and empty ones below the root
    expect(calls.hashes).to.equal(leaves + parents);
    expect(openAccount(tree, 1).siblings.map(({ hash }) => hash).length).to.equal(DEPTH);
    expect(calls.hashes).to.equal(leaves + parents);
  });

  it("are hashed in one call, lowest level first, where the hasher has one", () => {
    const { hasher: counted, calls } = counting(true);
    const empty = emptyTree(counted, DEPTH, 2);
    hashWaiting([empty.root]);
    const [first, second] = [setAll(empty, counted, [3]), setAll(empty, counted, [3, 30])];
    hashWaiting([first.root, second.root, second.root]);
    expect(calls.hashes).to.equal(0);
    expect(
      calls.forests.map(({ leaves, levels }) => [leaves.length, ...levels.map(({ length }) => length)]),
    ).to.deep.equal([
      [1, 1, 1, 1, 1, 1],
      [3, 3, 3, 3, 3, 2], // one of the first version, two of the second, and both roots
    ]);
    expect(first.root.hash).to.equal(setAll(emptyTree(hasher, DEPTH, 2), hasher, [3]).root.hash);
    expect(second.root.hash).to.equal(setAll(emptyTree(hasher, DEPTH, 2), hasher, [3, 30]).root.hash);
    expect(calls.forests.length).to.equal(2);
  });

  it("can be read again after the hasher failed", () => {
    let fails = true;
    const failing: Hasher = {
      hash(inputs) {
        if (fails) throw new Error("out of memory");
        return hasher.hash(inputs);
      },
    };
    const { root } = setAll(emptyTree(failing, DEPTH, 2), failing, [3]);
    expect(() => root.hash).to.throw("out of memory");
    fails = false;
    expect(root.hash).to.equal(setAll(emptyTree(hasher, DEPTH, 2), hasher, [3]).root.hash);
  });

  it("have children below them", () => {
    const known = { hash: 1n, box: 0n };
    const forest = { leaves: [], levels: [[{ left: known, right: { hash: 0, box: 0n } }]] };
    expect(() => hashForest(hasher, forest)).to.throw(ForestPlaceError, "0 is not one of the 0 places below");
  });
});
