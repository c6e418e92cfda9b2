import { expect } from "chai";
import { pathBoxes } from "../../../prover/witness/batchInputs.ts";
import { type Account, emptyAccount, leafHash } from "../../../verifier/model/account.ts";
import { createHasher } from "../../../verifier/model/hasher.ts";
import { emptyTree, openAccount, setAccount, type Tree } from "../../../verifier/model/tree.ts";
import { constraintCount, type TestCircuit, testCircuit } from "../../helpers/circuit.ts";
import { Random } from "../../helpers/random.ts";

const DEPTH = 3;
const MARKETS = 2;
const hasher = await createHasher();

function randomAccount(random: Random): Account {
  const account = emptyAccount(MARKETS);
  return { ...account, quote: random.bits(40), lanes: account.lanes.map(() => random.spread(29)) };
}

function randomTree(random: Random): Tree {
  let tree = emptyTree(hasher, DEPTH, MARKETS);
  for (let index = 0; index < 2 ** DEPTH; index++) {
    if (random.chance(12)) tree = setAccount(hasher, tree, index, randomAccount(random));
  }
  return tree;
}

function inputOf(tree: Tree, index: number, next: Account, apply: 0 | 1) {
  const opening = openAccount(tree, index);
  return {
    indexBits: Array.from({ length: DEPTH }, (_, level) => (index >> level) & 1),
    apply,
    oldRootHash: tree.root.hash,
    oldRootBox: tree.root.box,
    oldLeafHash: leafHash(hasher, opening.account),
    oldBoxes: pathBoxes(opening),
    newLeafHash: leafHash(hasher, next),
    newLeafLanes: next.lanes,
    siblingHashes: opening.siblings.map(({ hash }) => hash),
    siblingBoxes: opening.siblings.map(({ box }) => box),
  };
}

describe("PathUpdate", () => {
  const random = new Random(3);
  const tree = randomTree(random);
  const next = randomAccount(random);
  const valid = inputOf(tree, 5, next, 1);
  let circuit: TestCircuit;

  before(async () => {
    circuit = await testCircuit({ file: "tree/PathUpdate.circom", parameters: [DEPTH, 2 * MARKETS] });
  });

  it("replaces a leaf", () => {
    const { root } = setAccount(hasher, tree, 5, next);
    return circuit.expectPass(valid, { newRootHash: root.hash, newRootBox: root.box });
  });

  it("keeps the root when the leg is not applied", () =>
    circuit.expectPass({ ...valid, apply: 0 }, { newRootHash: tree.root.hash, newRootBox: tree.root.box }));

  it("opens a leaf of the empty tree", () => {
    const empty = emptyTree(hasher, DEPTH, MARKETS);
    const { root } = setAccount(hasher, empty, 0, next);
    return circuit.expectPass(inputOf(empty, 0, next, 1), { newRootHash: root.hash, newRootBox: root.box });
  });

  it("agrees with the model at every index of random trees", async () => {
    for (let round = 0; round < 24; round++) {
      const [before, index, account] = [randomTree(random), round % 2 ** DEPTH, randomAccount(random)];
      const { root } = setAccount(hasher, before, index, account);
      await circuit.expectPass(inputOf(before, index, account, 1), { newRootHash: root.hash, newRootBox: root.box });
    }
  });

  it("lets a bound become weaker, too", () => {
    const wide = { ...emptyAccount(MARKETS), lanes: [(1n << 29n) - 1n, (1n << 29n) - 1n, 1n, 1n] };
    const tight = setAccount(hasher, tree, 2, wide);
    const { root } = setAccount(hasher, tight, 2, emptyAccount(MARKETS));
    return circuit.expectPass(inputOf(tight, 2, emptyAccount(MARKETS), 1), {
      newRootHash: root.hash,
      newRootBox: root.box,
    });
  });

  for (const name of ["oldRootHash", "oldLeafHash"] as const) {
    it(`refuses another ${name}`, () => circuit.expectFail({ ...valid, [name]: valid[name] + 1n }));
  }

  for (const name of ["indexBits", "oldBoxes", "siblingHashes", "siblingBoxes"] as const) {
    for (let level = 0; level < DEPTH; level++) {
      it(`refuses other ${name} at level ${level}`, () => {
        const forged = valid[name].map((value, at) => {
          const item = BigInt(value);
          return at !== level ? item : name === "indexBits" ? 1n - item : item + 1n;
        });
        return circuit.expectFail({ ...valid, [name]: forged });
      });
    }
  }
});

describe("The cost of the tree", () => {
  for (const [template, parameters, cost] of [
    ["NodeHash", [], 297],
    ["LanesMax", [8], 248],
    ["PathLevel", [4], 722],
    ["PathLevel", [8], 846],
    ["PathUpdate", [3, 4], 3 * 722 + 2],
    ["PathUpdate", [3, 8], 3 * 846 + 2],
    ["FirstLeafPath", [3], 3 * 297],
  ] as const) {
    it(`is ${cost} for ${template}(${parameters.join(", ")})`, async () =>
      expect(await constraintCount({ file: `tree/${template}.circom`, parameters })).to.equal(cost));
  }
});
