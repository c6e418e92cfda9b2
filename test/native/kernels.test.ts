import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import { BASE_FIELD, powerMod, SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { GROUPS, multiples } from "./support/generators.ts";
import { packElements, packIntegers, packPoints, unpackElements, unpackPoints } from "./support/packed.ts";
import { addPoints, multiply, negate, type Point, timesPoint } from "./support/referenceCurve.ts";

const SEED = 20_261_122;
const below = (modulus: bigint) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: modulus - 1n }) },
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n, 2n, modulus - 1n, modulus - 2n, (1n << 253n) - 1n, 1n << 52n) },
  );

describe("native kernels", () => {
  let addon: Addon;
  before(async function () {
    addon = await builtAddon(this);
  });

  /** Runs a check at each level that this processor has. */
  const atEachLevel = (title: string, check: (level: ReturnType<Addon["levels"]>[number]) => void): void => {
    it(`${title}, at each level`, () => {
      const levels = addon.levels();
      expect(levels).to.include("portable");
      for (const level of levels) check(level);
    });
  };

  for (const { field, modulus } of [
    { field: "fq", modulus: BASE_FIELD },
    { field: "fr", modulus: SCALAR_FIELD },
  ] as const) {
    atEachLevel(`multiplies, adds, subtracts and inverts in ${field} as integers do`, (level) => {
      const pairs = fc.array(fc.tuple(below(modulus), below(modulus)), { minLength: 1, maxLength: 40 });
      const run = (operation: Parameters<Addon["field"]>[2], values: readonly (readonly [bigint, bigint])[]) => {
        const [left, right] = [0, 1].map((side) =>
          packElements(
            values.map((pair) => pair[side]!),
            modulus,
          ),
        );
        return unpackElements(addon.field(level, field, operation, left!, right!), modulus);
      };
      const property = fc.property(pairs, (values) => {
        expect(run("multiply", values)).to.deep.equal(values.map(([a, b]) => (a * b) % modulus));
        expect(run("add", values)).to.deep.equal(values.map(([a, b]) => (a + b) % modulus));
        expect(run("subtract", values)).to.deep.equal(values.map(([a, b]) => (a - b + modulus) % modulus));
        expect(run("inverse", values)).to.deep.equal(values.map(([a]) => powerMod(a, modulus - 2n, modulus)));
      });
      fc.assert(property, { seed: SEED, numRuns: 20 });
    });
  }

  atEachLevel("multiplies, squares and inverts in fq2 as pairs do", (level) => {
    const element = fc.tuple(below(BASE_FIELD), below(BASE_FIELD));
    const property = fc.property(element, element, (a, b) => {
      const run = (operation: Parameters<Addon["field"]>[2], left: bigint[], right: bigint[]) =>
        unpackElements(
          addon.field(level, "fq2", operation, packElements(left, BASE_FIELD), packElements(right, BASE_FIELD)),
          BASE_FIELD,
        );
      expect(run("multiply", a, b)).to.deep.equal(multiply(a, b));
      expect(run("square", a, b)).to.deep.equal(multiply(a, a));
      const inverse = run("inverse", a, b);
      expect(multiply(a, inverse)).to.deep.equal(a.every((value) => value === 0n) ? [0n, 0n] : [1n, 0n]);
    });
    fc.assert(property, { seed: SEED, numRuns: 40 });
  });

  for (const { group, parts, generator } of GROUPS) {
    describe(`in ${group}`, () => {
      const known = multiples(generator, 24);
      const operand = fc
        .tuple(fc.nat(known.length - 1), fc.boolean())
        .map(([index, minus]) => (minus ? negate(known[index]!) : known[index]!));

      atEachLevel("adds different, equal and opposite points and infinity in one batch", (level) => {
        const property = fc.property(fc.array(fc.tuple(operand, operand), { maxLength: 60 }), (pairs) => {
          const sums = unpackPoints(addon.addPairs(level, group, packPoints(pairs.flat(), parts)), parts);
          expect(sums).to.deep.equal(pairs.map(([p, q]) => addPoints(p, q)));
        });
        fc.assert(property, { seed: SEED, numRuns: 25 });
      });

      const sumOf = (
        level: Parameters<Addon["msm"]>[0],
        bases: readonly Point[],
        scalars: readonly bigint[],
        threads: number,
      ) => unpackPoints(addon.msm(level, group, packPoints(bases, parts), packIntegers(scalars), threads), parts)[0];

      atEachLevel("sums scalars times points as the textbook does", (level) => {
        const scalar = fc.oneof(below(SCALAR_FIELD), fc.constantFrom(0n, 1n, 1n, 2n));
        const terms = fc.array(fc.tuple(operand, scalar), { maxLength: 12 });
        const property = fc.property(terms, fc.constantFrom(1, 2, 3), (list, threads) => {
          const derived = list.reduce<Point>((sum, [p, s]) => addPoints(sum, timesPoint(p, s)), null);
          const [bases, scalars] = [list.map(([p]) => p), list.map(([, s]) => s)];
          expect(sumOf(level, bases, scalars, threads)).to.deep.equal(derived);
        });
        fc.assert(property, { seed: SEED, numRuns: 12 });
      });

      atEachLevel("sums thousands of terms, most of them bits, with many equal bases", (level) => {
        let state = BigInt(SEED);
        const next = (): bigint => {
          state = (state * 6364136223846793005n + 1442695040888963407n) % SCALAR_FIELD;
          return (state * state) % SCALAR_FIELD;
        };
        const indices = Array.from({ length: 5000 }, () => Number(next() % 24n));
        const scalars = indices.map((_, i) => (i % 4 === 0 ? next() : i % 4 === 1 ? SCALAR_FIELD - 1n : next() % 2n));
        const total = indices.reduce((sum, index, i) => sum + BigInt(index) * scalars[i]!, 0n) % SCALAR_FIELD;
        const bases = indices.map((index) => known[index]!);
        expect(sumOf(level, bases, scalars, 2)).to.deep.equal(timesPoint(generator, total));
      });
    });
  }
});
