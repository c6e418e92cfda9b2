import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Addon, LevelName } from "../../prover/native/addon.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon, builtAddonPath } from "./support/builtAddon.ts";
import { GROUPS, multiples } from "./support/generators.ts";
import { packIntegers, packPoints, unpackPoints } from "./support/packed.ts";
import { negate, type Point, timesPoint } from "./support/referenceCurve.ts";

const LARGEST = 24;
/** More than one thread lets wait (16,384), and odd. */
const MANY = 20_001;
const LONG = SCALAR_FIELD / 3n;

/** A multiple of the generator, from -24 to 24, times a scalar. */
type Term = readonly [factor: number, scalar: bigint];
const repeated = (count: number, term: (index: number) => Term): Term[] =>
  Array.from({ length: count }, (_, i) => term(i));

/** What buckets, waiting points and the sum of the ones can meet. */
const CASES: readonly (readonly [title: string, terms: readonly Term[]])[] = [
  ["nothing", []],
  ["a scalar 0", [[5, 0n]]],
  ["a scalar 1", [[5, 1n]]],
  ["a scalar 2", [[5, 2n]]],
  ["the scalar r - 1", [[5, SCALAR_FIELD - 1n]]],
  ["infinity times r - 1", [[0, SCALAR_FIELD - 1n]]],
  [
    "infinity among others",
    [
      [0, 1n],
      [3, LONG],
      [0, LONG],
      [4, 1n],
      [0, 0n],
    ],
  ],
  [
    "equal points in one bucket",
    [
      [5, LONG],
      [5, LONG],
    ],
  ],
  [
    "opposite points in one bucket",
    [
      [5, LONG],
      [-5, LONG],
    ],
  ],
  [
    "three in one bucket, two of them opposite",
    [
      [5, LONG],
      [-5, LONG],
      [7, LONG],
    ],
  ],
  [
    "two ones of equal points",
    [
      [5, 1n],
      [5, 1n],
    ],
  ],
  [
    "two ones of opposite points",
    [
      [5, 1n],
      [-5, 1n],
    ],
  ],
  [
    "ones that equal the rest",
    [
      [2, 2n],
      [4, 1n],
    ],
  ],
  [
    "ones that are opposite to the rest",
    [
      [2, 2n],
      [-4, 1n],
    ],
  ],
  ["thousands of ones", repeated(MANY, (i) => [(i % LARGEST) + 1, 1n])],
  ["thousands of zeros and one long scalar", repeated(MANY, (i) => [7, i === 77 ? LONG : 0n])],
  ["thousands of one scalar and one point", repeated(MANY, () => [7, LONG])],
  ["thousands of one scalar and opposite points", repeated(MANY, (i) => [i % 2 === 0 ? 7 : -7, LONG])],
  ["thousands of r - 1", repeated(MANY, (i) => [(i % LARGEST) + 1, SCALAR_FIELD - 1n])],
  [
    "thousands of scalars of two signs",
    repeated(MANY, (i) => [(i % LARGEST) + 1, i % 2 === 0 ? LONG : SCALAR_FIELD - LONG]),
  ],
  [
    "a skewed choice of scalars",
    repeated(MANY, (i) => [(i % LARGEST) + 1, i % 5 === 0 ? BigInt(i) ** 19n % SCALAR_FIELD : LONG]),
  ],
  ["scalars 2 to 9", repeated(MANY, (i) => [(i % LARGEST) + 1, BigInt(2 + (i % 8))])],
];

/** Pairs to add: different, equal, opposite, one infinity or two. */
const SHAPES = [
  [5, 8],
  [3, 0],
  [3, 3],
  [3, -3],
  [0, 4],
  [0, 0],
] as const;

describe("native sums without tables", () => {
  let addon: Addon;
  before(async function () {
    addon = await builtAddon(this);
  });

  for (const { group, parts, generator } of GROUPS) {
    describe(`in ${group}`, () => {
      const positive = multiples(generator, LARGEST + 1);
      const packed = new Map<number, Uint8Array>();
      for (const [factor, point] of positive.entries()) {
        packed.set(-factor, packPoints([negate(point)], parts));
        packed.set(factor, packPoints([point], parts));
      }
      const sumOf = (level: LevelName, terms: readonly Term[], threads: number): Point | undefined => {
        const bases = Buffer.concat(terms.map(([factor]) => packed.get(factor)!));
        const scalars = packIntegers(terms.map(([, scalar]) => scalar));
        return unpackPoints(addon.msm(level, group, bases, scalars, threads), parts)[0];
      };

      for (const [title, terms] of CASES) {
        it(`equal the textbook's for ${title}, at each level`, () => {
          const total = terms.reduce((sum, [factor, scalar]) => sum + BigInt(factor) * scalar, 0n) % SCALAR_FIELD;
          const derived = timesPoint(generator, (total + SCALAR_FIELD) % SCALAR_FIELD);
          for (const level of addon.levels())
            for (const threads of [1, 3]) expect(sumOf(level, terms, threads), level).to.deep.equal(derived);
        });
      }

      it("add batches of every size beside a batch's end, with every shape of pair at both ends, at each level", () => {
        for (const level of addon.levels()) {
          for (const count of [1, 2, 3, 16, 17, 2047, 2048, 2049, 4097]) {
            for (let shift = 0; shift < SHAPES.length; shift++) {
              const pairs = Array.from({ length: count }, (_, i) => SHAPES[(i + shift) % SHAPES.length]!);
              const points = Buffer.concat(pairs.flat().map((factor) => packed.get(factor)!));
              const derived = Buffer.concat(pairs.map(([left, right]) => packed.get(left + right)!));
              const sums = addon.addPairs(level, group, points);
              expect(Buffer.compare(sums, derived), `${level}, ${count} pairs from shape ${shift} on`).to.equal(0);
            }
          }
        }
      });
    });
  }

  it("need no more memory for equal scalars than for random ones", async function () {
    if (process.env.NATIVE_ADDON !== undefined) this.skip(); // a sanitizer's own memory grows
    const program = fileURLToPath(new URL("./support/skewedSums.ts", import.meta.url));
    const options = ["--disable-warning=ExperimentalWarning", program, await builtAddonPath(this)];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const { randomBytes, equalBytes } = JSON.parse(stdout) as Record<string, number>;
    expect(equalBytes! - randomBytes!).to.be.below(8 << 20); // all points of one window would be 25 MB
  });
});
