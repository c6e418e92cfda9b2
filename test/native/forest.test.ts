import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import type { LevelName } from "../../prover/native/levelName.ts";
import { createNativeHasher, type NativeHasher } from "../../prover/native/nativeHasher.ts";
import { emptyAccount } from "../../verifier/model/account.ts";
import { type Forest, ForestPlaceError, hashForest } from "../../verifier/model/forest.ts";
import { createHasher, type Hasher, HashWidthError } from "../../verifier/model/hasher.ts";
import { hashWaiting } from "../../verifier/model/node.ts";
import { emptyTree, openAccount, setAccount } from "../../verifier/model/tree.ts";
import { builtAddon } from "./support/builtAddon.ts";

const SEED = 20_261_122;
const LONGEST = 24;
const word = fc.oneof(fc.bigInt(0n, 2n ** 256n - 1n), fc.constantFrom(0n, 1n, 2n ** 256n - 1n));

/** Forests whose parents take any places below their level, also twice, and hashes from elsewhere. */
const forest: fc.Arbitrary<Forest> = fc
  .record({
    leaves: fc.array(fc.array(word, { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 20 }),
    widths: fc.array(fc.integer({ min: 0, max: 13 }), { maxLength: 6 }),
  })
  .chain(({ leaves, widths }) => {
    const below = widths.map((_, level) => widths.slice(0, level).reduce((sum, width) => sum + width, leaves.length));
    const levels = widths.map((width, level) => {
      const child = fc.record({ hash: fc.oneof(word, fc.nat((below[level] ?? 0) - 1)), box: word });
      return fc.array(fc.record({ left: child, right: child }), { minLength: width, maxLength: width });
    });
    return fc.record({ leaves: fc.constant(leaves), levels: fc.tuple(...levels) });
  });

describe("native forests", () => {
  let levels: readonly (readonly [LevelName, NativeHasher])[];
  let addon: Addon;
  let derived: Hasher;
  before(async function () {
    addon = await builtAddon(this);
    derived = await createHasher();
    levels = addon.levels().map((level) => [level, createNativeHasher(addon, level)]);
  });

  it("have the hashes that circomlibjs gives one by one, at each level", () => {
    const property = fc.property(forest, (given) => {
      const hashes = hashForest(derived, given);
      for (const [level, hasher] of levels) expect(hashForest(hasher, given), level).to.deep.equal(hashes);
    });
    fc.assert(property, { seed: SEED, numRuns: 30 });
  });

  for (let length = 0; length <= LONGEST; length++) {
    it(`may be one path of ${length} parents`, () => {
      const path: Forest = {
        leaves: [[7n, 0n, 2n ** 256n - 1n]],
        levels: Array.from({ length }, (_, place) => {
          const [known, made] = [
            { hash: BigInt(place), box: 5n },
            { hash: place, box: 1n << BigInt(place) },
          ];
          return [place % 3 === 0 ? { left: made, right: known } : { left: known, right: made }];
        }),
      };
      const hashes = hashForest(derived, path);
      expect(hashes.length).to.equal(length + 1);
      for (const [level, hasher] of levels) expect(hasher.hashForest(path), level).to.deep.equal(hashes);
    });
  }

  it("make trees equal, whether accounts are set alone or many that share paths, and whatever version is read first", () => {
    const write = fc.tuple(fc.nat(2 ** 6 - 1), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n));
    const property = fc.property(fc.array(write, { minLength: 1, maxLength: 25 }), fc.nat(25), (writes, read) => {
      const openings = [derived, ...levels.map(([, hasher]) => hasher)].map((hasher) => {
        const versions = [emptyTree(hasher, 6, 4)];
        for (const [index, quote] of writes) {
          const last = versions.at(-1) ?? emptyTree(hasher, 6, 4);
          versions.push(setAccount(hasher, last, index, { ...emptyAccount(4), quote, lanes: lanesOf(quote) }));
        }
        hashWaiting(versions.slice(read % versions.length).map(({ root }) => root));
        return versions.map((tree, at) => [
          tree.root.hash,
          openAccount(tree, writes[at]?.[0] ?? 0).siblings.map(({ hash }) => hash),
        ]);
      });
      for (const native of openings.slice(1)) expect(native).to.deep.equal(openings[0]);
    });
    fc.assert(property, { seed: SEED, numRuns: 15 });
  });

  it("refuse leaves that Poseidon has no width for or of different lengths, and places that are not below", () => {
    const child = { hash: 1n, box: 0n };
    for (const [level, hasher] of levels) {
      expect(() => hasher.hashForest({ leaves: [[]], levels: [] }), level).to.throw(HashWidthError);
      expect(() => hasher.hashForest({ leaves: [new Array<bigint>(17).fill(1n)], levels: [] })).to.throw(
        HashWidthError,
      );
      expect(() => hasher.hashForest({ leaves: [[1n], [1n, 2n]], levels: [] })).to.throw(HashWidthError);
      for (const hash of [1, 2, -1, 0.5, Number.NaN]) {
        const forest = { leaves: [[1n]], levels: [[{ left: child, right: { hash, box: 0n } }]] };
        expect(() => hasher.hashForest(forest), `${level}, ${hash}`).to.throw(ForestPlaceError);
      }
    }
  });

  it("are checked once more by the addon, which reads and writes nothing outside its arrays", () => {
    const [level] = addon.levels();
    if (level === undefined) throw new Error("no level");
    const constants = (width: number) => new Uint8Array(32 * shapeOf(width));
    const table = addon.poseidonTable(level, 5, constants(5));
    const arrays = (places: number[], widths: number[], hashes = 3, parents = 2) =>
      [
        new Uint8Array(32 * hashes),
        new Uint8Array(128 * parents),
        new Uint8Array(Uint32Array.from(places).buffer),
        new Uint8Array(Uint32Array.from(widths).buffer),
      ] as const;
    addon.poseidonForest(table, ...arrays([1, 0, 2, 1], [1, 1]));
    const refused: readonly (readonly [string, ReturnType<typeof arrays>])[] = [
      ["a place in its own level", arrays([1, 0, 2, 0], [2])],
      ["a place that does not exist", arrays([1, 0, 2 ** 32 - 1, 0], [1, 1])],
      ["more parents than there are", arrays([1, 0, 0, 0], [1, 2])],
      ["fewer parents than there are", arrays([1, 0, 0, 0], [1])],
      ["too few places", arrays([1, 0, 0], [2])],
      ["too few hashes", arrays([0, 0, 0, 0], [2], 1)],
    ];
    for (const [title, given] of refused) {
      expect(() => addon.poseidonForest(table, ...given), title)
        .to.throw()
        .with.property("code", "NATIVE_ARGUMENT");
    }
    expect(() => addon.poseidonForest(addon.poseidonTable(level, 4, constants(4)), ...arrays([0, 0, 0, 0], [2])))
      .to.throw()
      .with.property("code", "NATIVE_ARGUMENT");
    const odd = new Uint8Array(new ArrayBuffer(97), 1);
    expect(() => addon.poseidon(table, odd, 0))
      .to.throw()
      .with.property("code", "NATIVE_ARGUMENT");
  });
});

const lanesOf = (quote: bigint): readonly bigint[] =>
  Array.from({ length: 8 }, (_, lane) => BigInt.asUintN(29, quote * BigInt(lane + 3)));

/** Constants of a width: see poseidon.hpp. */
function shapeOf(width: number): number {
  const partial = width === 5 ? 60 : 56;
  return 8 * width + partial + 2 * width * width + partial * (2 * width - 1);
}
