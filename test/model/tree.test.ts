import { expect } from "chai";
import fc from "fast-check";
import { type Account, emptyAccount } from "../../verifier/model/account.ts";
import { FIELD } from "../../verifier/model/field.ts";
import { widestBox } from "../../verifier/model/node.ts";
import {
  accountAt,
  accountsOf,
  emptyTree,
  openAccount,
  rootOfOpening,
  setAccount,
  type Tree,
} from "../../verifier/model/tree.ts";
import { hasher } from "../helpers/model/instance.ts";

const DEPTH = 3;
const lane = fc.bigInt(0n, 2n ** 29n - 1n);
const account = fc.record<Account>({
  owner: fc.bigInt(0n, 2n ** 160n),
  keyX: fc.bigInt(0n, FIELD - 1n),
  keyY: fc.bigInt(0n, FIELD - 1n),
  nonce: fc.bigInt(0n, 2n ** 40n - 1n),
  quote: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  sizes: fc.array(fc.bigInt(-(2n ** 40n) + 1n, 2n ** 40n - 1n), { minLength: 2, maxLength: 2 }),
  lanes: fc.array(lane, { minLength: 4, maxLength: 4 }),
});
const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** DEPTH - 1 }), account), {
  minLength: 1,
  maxLength: 12,
});

/** The root of a full array of leaves, level by level: no sharing, no sparseness. */
function slowRoot(leaves: readonly Account[]): { hash: bigint; lanes: readonly bigint[] } {
  const field = (value: bigint) => ((value % FIELD) + FIELD) % FIELD;
  const pack = (lanes: readonly bigint[]) =>
    lanes.reduce((sum, value, index) => sum + value * 2n ** BigInt(31 * index), 0n);
  let level = leaves.map(({ owner, keyX, keyY, nonce, quote, sizes, lanes }) => ({
    hash: hasher.hash([owner, keyX, keyY, nonce, field(quote), ...sizes.map(field)]),
    lanes,
  }));
  while (level.length > 1) {
    level = level.flatMap((left, index) => {
      const right = level[index + 1];
      if (index % 2 === 1 || right === undefined) return [];
      const lanes = left.lanes.map((value, at) => [value, right.lanes[at]!].sort((a, b) => Number(b - a))[0]!);
      return [{ hash: hasher.hash([left.hash, right.hash, pack(left.lanes), pack(right.lanes)]), lanes }];
    });
  }
  return level[0]!;
}

const build = (list: readonly (readonly [number, Account])[]): Tree =>
  list.reduce((tree, [index, value]) => setAccount(hasher, tree, index, value), emptyTree(hasher, DEPTH, 2));

describe("the account tree", () => {
  it("has the root of the full array of its accounts", () => {
    const property = fc.property(writes, (list) => {
      const leaves = Array.from({ length: 2 ** DEPTH }, () => emptyAccount(2));
      for (const [index, value] of list) leaves[index] = value;
      const tree = build(list);
      const { hash, lanes } = slowRoot(leaves);
      expect(tree.root.hash).to.equal(hash);
      expect(tree.root.box).to.equal(lanes.reduce((sum, value, at) => sum + value * 2n ** BigInt(31 * at), 0n));
      leaves.forEach((value, index) => {
        expect(accountAt(tree, index)).to.deep.equal(value);
      });
    });
    fc.assert(property, { numRuns: 30 });
  });

  it("opens every account to its root", () => {
    const property = fc.property(writes, fc.integer({ min: 0, max: 7 }), (list, index) => {
      const tree = build(list);
      const opening = openAccount(tree, index);
      const { hash, box } = rootOfOpening(hasher, opening);
      expect({ hash, box }).to.deep.equal({ hash: tree.root.hash, box: tree.root.box });
      expect(rootOfOpening(hasher, { ...opening, index: index ^ 1 }).hash === hash).to.equal(
        opening.siblings[0]!.hash === rootOfLeaf(opening.account),
      );
    });
    fc.assert(property, { numRuns: 50 });
  });

  it("is a value: older versions stay, and share what did not change", () => {
    const before = build([[1, { ...emptyAccount(2), quote: 5n }]]);
    const after = setAccount(hasher, before, 6, { ...emptyAccount(2), quote: 7n });
    expect(accountAt(before, 6).quote).to.equal(0n);
    expect(openAccount(after, 6).siblings.at(-1)).to.equal(openAccount(before, 6).siblings.at(-1));
    expect(build([[1, { ...emptyAccount(2), quote: 5n }]]).root.hash).to.equal(before.root.hash);
  });

  it("does not remember the order of writes, nor accounts that became empty again", () => {
    const some = { ...emptyAccount(2), quote: 5n };
    const other = build([
      [6, some],
      [1, some],
      [6, emptyAccount(2)],
    ]);
    expect(other.root.hash).to.equal(build([[1, some]]).root.hash);
    expect([...accountsOf(other, hasher)]).to.deep.equal([[1, some]]);
  });

  it("reaches depth 32 without walking its empty parts", () => {
    const index = 2 ** 32 - 1;
    const tree = setAccount(hasher, emptyTree(hasher, 32, 4), index, { ...emptyAccount(4), quote: 1n });
    expect(openAccount(tree, index).siblings.length).to.equal(32);
    expect([...accountsOf(tree, hasher)].map(([at]) => at)).to.deep.equal([index]);
  });

  for (const index of [-1, 8, 0.5, Number.NaN]) {
    it(`has no account ${index} at depth 3`, () => {
      expect(() => accountAt(emptyTree(hasher, 3, 2), index))
        .to.throw()
        .with.property("code", "ACCOUNT_INDEX");
    });
  }

  it("widens boxes lane by lane", () => {
    const property = fc.property(
      fc.array(lane, { minLength: 8, maxLength: 8 }),
      fc.array(lane, { minLength: 8, maxLength: 8 }),
      (first, second) => {
        const pack = (lanes: readonly bigint[]) =>
          lanes.reduce((sum, value, at) => sum + value * 2n ** BigInt(31 * at), 0n);
        const expected = first.map((value, at) => [value, second[at]!].sort((a, b) => Number(b - a))[0]!);
        expect(widestBox(pack(first), pack(second))).to.equal(pack(expected));
      },
    );
    fc.assert(property);
  });
});

function rootOfLeaf(value: Account): bigint {
  return rootOfOpening(hasher, { index: 0, account: value, siblings: [] }).hash;
}
