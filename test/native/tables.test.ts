import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import type { LevelName } from "../../prover/native/levelName.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { GROUPS, multiples } from "./support/generators.ts";
import { packIntegers, packPoints, unpackPoints } from "./support/packed.ts";
import { addPoints, negate, type Point, timesPoint } from "./support/referenceCurve.ts";

const SEED = 20_261_122;
/** Bits of a window, sets of buckets, every n-th base without a table. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [2, 1, 0],
  [2, 128, 3],
  [5, 3, 2],
  [8, 32, 0],
  [13, 1, 4],
  [15, 17, 0],
  [16, 4, 1],
  [17, 2, 0],
];

describe("sums over tables", () => {
  let addon: Addon;
  before(async function () {
    addon = await builtAddon(this);
  });
  const atEachLevel = (title: string, check: (level: LevelName) => void): void => {
    it(`${title}, at each level`, () => addon.levels().forEach(check));
  };

  for (const { group, parts, generator } of GROUPS) {
    describe(`in ${group}`, () => {
      const known = multiples(generator, 24);
      const base = fc
        .tuple(fc.nat(known.length - 1), fc.boolean())
        .map(([index, minus]) => (minus ? negate(known[index]!) : known[index]!));
      const scalar = fc.oneof(
        fc.bigInt({ min: 0n, max: SCALAR_FIELD - 1n }),
        fc.constantFrom(0n, 1n, 2n, SCALAR_FIELD - 1n, 1n << 253n),
      );
      const sumOf = (
        level: LevelName,
        terms: readonly (readonly [Point, bigint])[],
        threads: number,
        shape: readonly number[],
      ): Point => {
        const bases = packPoints(
          terms.map(([point]) => point),
          parts,
        );
        const scalars = packIntegers(terms.map(([, value]) => value));
        return unpackPoints(addon.tableMsm(level, group, bases, scalars, threads, Uint8Array.from(shape)), parts)[0]!;
      };

      atEachLevel("equal the textbook's for every shape, number of terms and threads", (level) => {
        const terms = fc.array(fc.tuple(base, scalar), { maxLength: 10 });
        const property = fc.property(terms, fc.constantFrom(1, 2, 3), (list, threads) => {
          const derived = list.reduce<Point>((sum, [p, s]) => addPoints(sum, timesPoint(p, s)), null);
          for (const shape of SHAPES)
            expect(sumOf(level, list, threads, shape), shape.join(" ")).to.deep.equal(derived);
        });
        fc.assert(property, { seed: SEED, numRuns: 4 });
      });

      for (const { title, scalarOf } of [
        { title: "the same scalar", scalarOf: () => SCALAR_FIELD - 5n },
        {
          title: "scalars that differ in sign only",
          scalarOf: (i: number) => (i % 2 === 0 ? 77n : SCALAR_FIELD - 77n),
        },
        {
          title: "random scalars and bits",
          scalarOf: (i: number) => (i % 3 === 0 ? BigInt(i % 2) : BigInt(i) ** 17n % SCALAR_FIELD),
        },
      ]) {
        atEachLevel(`equal the textbook's for thousands of terms with few bases and ${title}`, (level) => {
          const indices = Array.from({ length: 6000 }, (_, i) => (i * 7) % 24);
          const terms = indices.map((index, i) => [known[index]!, scalarOf(i)] as const);
          const total = terms.reduce((sum, [, value], i) => sum + BigInt(indices[i]!) * value, 0n) % SCALAR_FIELD;
          const derived = timesPoint(generator, total);
          for (const shape of [
            [13, 2, 0],
            [12, 5, 7],
          ] as const)
            expect(sumOf(level, terms, 2, shape), shape.join(" ")).to.deep.equal(derived);
        });
      }
    });
  }

  it("refuse shapes that cannot be, and arguments that do not fit each other", () => {
    const call = (shape: readonly number[], scalars = 32): unknown =>
      addon.tableMsm("portable", "g1", new Uint8Array(64), new Uint8Array(scalars), 1, Uint8Array.from(shape));
    for (const shape of [
      [1, 1, 0],
      [21, 1, 0],
      [8, 0, 0],
      [8, 33, 0],
      [8, 1],
    ])
      expect(() => call(shape), shape.join(" ")).to.throw(/matching/);
    expect(() => call([8, 1, 0], 64)).to.throw(/matching/);
  });
});
