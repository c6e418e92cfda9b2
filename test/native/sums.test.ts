import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import type { LevelName } from "../../prover/native/levelName.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon, builtAddonPath } from "./support/builtAddon.ts";
import { GROUPS, multiples } from "./support/generators.ts";
import { packIntegers, packPoints, unpackPoints } from "./support/packed.ts";
import { negate, type Point, timesPoint } from "./support/referenceCurve.ts";
import { LARGEST, SUM_CASES, type Term } from "./support/sumCases.ts";

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

      for (const [title, terms] of SUM_CASES) {
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
