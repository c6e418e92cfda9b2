import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import { G1_GENERATOR, G2_GENERATOR, SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { GENERATORS } from "../../scripts/circuits/devKey/generators.ts";
import { NativeArithmetic } from "../../scripts/circuits/devKey/nativeArithmetic.ts";
import { agreesWithNoble } from "../../scripts/circuits/devKey/spotCheck.ts";
import { WasmArithmetic } from "../../scripts/circuits/devKey/wasmArithmetic.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { packIntegers, packPoints, unpackPoints } from "./support/packed.ts";
import { type Point, timesPoint } from "./support/referenceCurve.ts";

const SEED = 20_261_122;
const GROUPS = [
  { group: "g1", parts: 1, generator: { x: [G1_GENERATOR.x], y: [G1_GENERATOR.y] } },
  { group: "g2", parts: 2, generator: { x: [...G2_GENERATOR.x], y: [...G2_GENERATOR.y] } },
] as const;

const EDGES = [0n, 1n, 2n, 32_767n, 32_768n, 65_535n, 65_536n, (1n << 253n) - 1n, 1n << 253n, SCALAR_FIELD - 2n];
const scalar = fc.oneof(
  fc.bigInt({ min: 0n, max: SCALAR_FIELD - 1n }),
  fc.constantFrom(...EDGES, SCALAR_FIELD - 1n),
  fc.integer({ min: 0, max: 253 }).map((bit) => 1n << BigInt(bit)),
);

describe("native fixed-base multiplication", () => {
  let addon: Addon;
  before(async function () {
    addon = await builtAddon(this);
  });

  it("agrees with noble in both groups, at each level", () => {
    for (const level of addon.levels())
      expect(agreesWithNoble(new NativeArithmetic(addon, level)), level).to.equal(true);
  });

  for (const { group, parts, generator } of GROUPS) {
    describe(`in ${group}`, () => {
      it("multiplies any point as the textbook does, infinity too, at each level", () => {
        const base = fc.nat(5).map((factor) => timesPoint(generator, BigInt(factor)));
        const property = fc.property(
          base,
          fc.array(scalar, { maxLength: 7 }),
          fc.constantFrom(1, 3),
          (p, list, threads) => {
            const derived = list.map((value): Point => timesPoint(p, value));
            for (const level of addon.levels()) {
              const points = addon.fixedBase(level, group, packPoints([p], parts), packIntegers(list), threads);
              expect(unpackPoints(points, parts), level).to.deep.equal(derived);
            }
          },
        );
        fc.assert(property, { seed: SEED, numRuns: 12 });
      });

      it("equals the WebAssembly path byte for byte over more scalars than a worker takes at once, at each level", async () => {
        const wasm = await WasmArithmetic.create();
        const random = fc.sample(scalar, { seed: SEED, numRuns: 700 });
        const repeated = Array.from({ length: 8300 }, (_, i) => random[(i * i) % random.length] ?? 0n);
        for (const list of [random.slice(0, 1), random, [...repeated, ...random]]) {
          const derived = wasm.multiply(group, packIntegers(list));
          for (const level of addon.levels()) {
            const points = new NativeArithmetic(addon, level).multiply(group, packIntegers(list));
            expect(Buffer.compare(points, derived), `${level}, ${list.length} scalars`).to.equal(0);
          }
        }
      });

      it("refuses a scalar of r or more, and arguments of wrong sizes", () => {
        const base = GENERATORS[group];
        for (const level of addon.levels()) {
          for (const [point, scalars] of [
            [base, packIntegers([1n, SCALAR_FIELD])],
            [base, packIntegers([(1n << 256n) - 1n])],
            [base, new Uint8Array(33)],
            [base.subarray(1), packIntegers([1n])],
          ] as const) {
            expect(() => addon.fixedBase(level, group, point, scalars, 1))
              .to.throw()
              .with.property("code", "NATIVE_ARGUMENT");
          }
        }
      });
    });
  }
});
