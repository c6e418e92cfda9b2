import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import { createNativeHasher } from "../../prover/native/nativeHasher.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { createHasher, type Hasher, HashWidthError } from "../../verifier/model/hasher.ts";
import { builtAddon } from "./support/builtAddon.ts";

const SEED = 20_261_122;
const WIDEST = 16;
/** Canonical ones, then what circomlibjs takes for integers modulo 2^256, and those modulo the field. */
const EDGES = [
  0n,
  1n,
  SCALAR_FIELD - 1n,
  SCALAR_FIELD,
  SCALAR_FIELD + 1n,
  2n ** 255n,
  2n ** 256n - 1n,
  -1n,
  2n ** 256n,
  2n ** 300n + 5n,
];

describe("native Poseidon", () => {
  let addon: Addon;
  let derived: Hasher;
  before(async function () {
    addon = await builtAddon(this);
    derived = await createHasher();
  });

  it("equals circomlib's for every number of inputs, on edge values, at each level", () => {
    for (const level of addon.levels()) {
      const hasher = createNativeHasher(addon, level);
      for (let inputs = 1; inputs <= WIDEST; inputs++) {
        const lists = EDGES.map((value) => new Array<bigint>(inputs).fill(value));
        const hashes = lists.map((list) => derived.hash(list));
        expect(
          lists.map((list) => hasher.hash(list)),
          `${level}, ${inputs}`,
        ).to.deep.equal(hashes);
        expect(hasher.hashMany(lists), `${level}, ${inputs}`).to.deep.equal(hashes);
      }
    }
  });

  it("equals circomlib's on random lists, one by one and many at once, at each level", () => {
    const element = fc.bigInt({ min: 0n, max: SCALAR_FIELD - 1n });
    const lists = fc
      .integer({ min: 1, max: WIDEST })
      .chain((inputs) => fc.array(fc.array(element, { minLength: inputs, maxLength: inputs }), { maxLength: 19 }));
    for (const level of addon.levels()) {
      const hasher = createNativeHasher(addon, level);
      const property = fc.property(lists, (given) => {
        const hashes = given.map((list) => derived.hash(list));
        expect(given.map((list) => hasher.hash(list))).to.deep.equal(hashes);
        expect(hasher.hashMany(given)).to.deep.equal(hashes);
      });
      fc.assert(property, { seed: SEED, numRuns: 20 });
    }
  });

  it("refuses lists that Poseidon has no width for, and lists of different lengths", () => {
    const hasher = createNativeHasher(addon, "portable");
    expect(() => hasher.hash([])).to.throw(HashWidthError);
    expect(() => hasher.hash(new Array<bigint>(17).fill(1n))).to.throw(HashWidthError);
    expect(() => hasher.hashMany([[1n], [1n, 2n]])).to.throw(HashWidthError);
  });

  it("refuses constants of another length and words that are too few", () => {
    expect(() => addon.poseidonTable("portable", 3, new Uint8Array(32)))
      .to.throw()
      .with.property("code", "NATIVE_ARGUMENT");
    expect(() => addon.poseidonTable("portable", 18, new Uint8Array(32)))
      .to.throw()
      .with.property("code", "NATIVE_ARGUMENT");
  });
});
