import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import { ProofRefusedError } from "../../prover/proving/errors.ts";
import { SCALAR_FIELD } from "../../scripts/circuits/bn254.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { CHECKS, OPERATORS } from "./support/operators.ts";
import { type BothWitnesses, bothWitnesses } from "./support/witnessLibrary.ts";

const SEED = 20_261_122;
const RUNS = 300;

/** Where forms of an element and branches of the operators end. */
const EDGES = [
  ...[0n, 1n, 2n, 3n, 7n, 63n, 64n, 65n, 127n, 128n, 253n, 254n, 255n, 256n, 1n << 31n, 1n << 32n],
  ...[61n, 62n, 63n, 64n, 128n, 192n, 253n].flatMap((bits) => [(1n << bits) - 1n, 1n << bits, (1n << bits) + 1n]),
  ...[1n, 2n, 254n, 1n << 62n].map((below) => SCALAR_FIELD - below),
  ...[-1n, 0n, 1n, 2n].map((offset) => (SCALAR_FIELD - 1n) / 2n + offset),
];

describe("compiled witnesses", () => {
  let addon: Addon;
  before(async function () {
    addon = await builtAddon(this);
  });

  describe("of a circuit with every operator", () => {
    let both: BothWitnesses;
    before(async () => {
      both = await bothWitnesses(addon, "operators", OPERATORS);
    });
    const compare = async (a: bigint, b: bigint): Promise<void> => {
      const inputs = {
        a,
        b,
        many: [
          [a, b, 1n],
          [2n, a - b, -5n],
        ],
      };
      const [claimed, derived] = [await both.native.calculate(inputs), await both.wasm.calculate(inputs)];
      expect(Buffer.compare(claimed, derived), `a = ${a}, b = ${b}`).to.equal(0);
    };

    it("are the wasm's, at the edges of the operators", async () => {
      for (const a of EDGES) for (const b of EDGES) await compare(a, b);
    });

    it("are the wasm's, for values of every width and sign", async () => {
      const value = fc
        .tuple(fc.bigInt(0n, SCALAR_FIELD - 1n), fc.nat(254), fc.boolean())
        .map(([wide, bits, minus]) => (minus ? -1n : 1n) * (wide >> BigInt(bits)));
      await fc.assert(fc.asyncProperty(value, value, compare), { seed: SEED, numRuns: RUNS });
    });

    it("are their own, however many are asked for at once", async () => {
      const inputs = (a: bigint) => ({
        a,
        b: 3n,
        many: [
          [1n, 2n, 3n],
          [4n, 5n, 6n],
        ],
      });
      const values = Array.from({ length: 12 }, (_, index) => BigInt(index) ** 40n);
      const claimed = await Promise.all(values.map((a) => both.native.calculate(inputs(a))));
      for (const [index, a] of values.entries())
        expect(Buffer.compare(claimed[index]!, await both.wasm.calculate(inputs(a)))).to.equal(0);
    });
  });

  describe("of a circuit with checks", () => {
    let both: BothWitnesses;
    before(async () => {
      both = await bothWitnesses(addon, "checks", CHECKS);
    });
    const valid = { narrow: 5n, even: 6n, small: 9n };
    const refusal = async (witnesses: { calculate(inputs: object): Promise<Uint8Array> }, inputs: object) =>
      witnesses.calculate(inputs).then(
        () => "none",
        (error: unknown) => {
          expect(error).to.be.instanceOf(ProofRefusedError);
          return String(error);
        },
      );

    for (const { title, inputs, place } of [
      {
        title: "a failing constraint",
        inputs: { ...valid, even: 7n },
        place: /a constraint fails in Even:6 in Checks/,
      },
      {
        title: "a failing range check",
        inputs: { ...valid, narrow: 1n << 64n },
        place: /fails in Num2Bits:\d+ in Checks/,
      },
      { title: "a failing assertion", inputs: { ...valid, small: 10n }, place: /fails in Checks:14$/ },
    ]) {
      it(`are refused for ${title}, which is named, and then made again`, async () => {
        const said = await refusal(both.native, inputs);
        expect(said).to.match(place);
        const names = (text: string) => text.replaceAll(/(_\d+)?:\d+/g, ""); // the wasm numbers templates, and names more lines
        expect(names(said)).to.equal(names(await refusal(both.wasm, inputs)));
        const claimed = await both.native.calculate(valid);
        expect(Buffer.compare(claimed, await both.wasm.calculate(valid))).to.equal(0);
      });
    }

    for (const { title, inputs } of [
      { title: "unknown", inputs: { ...valid, odd: 1n } },
      { title: "unnamed", inputs: { ...valid, "": 1n } },
      { title: "missing", inputs: { narrow: 1n } },
      { title: "too many", inputs: { ...valid, even: [2n, 4n] } },
      { title: "empty", inputs: { ...valid, even: [] } },
    ]) {
      it(`are refused, in the wasm's words, for inputs that are ${title}`, async () => {
        const said = await refusal(both.native, inputs);
        expect(said).to.not.equal("none");
        expect(said).to.equal(await refusal(both.wasm, inputs));
      });
    }

    it("are refused for bytes that are no inputs, and for what is no library", async () => {
      const codeOf = (work: () => unknown): Promise<unknown> =>
        (async () => work())().then(
          () => "no error",
          (error: unknown) => (error as { code?: unknown }).code, // the addon's errors carry one
        );
      const library = addon.loadWitness(both.libraryPath);
      expect(await codeOf(() => addon.witness(library, new Uint8Array(95)))).to.equal("NATIVE_WITNESS");
      expect(await codeOf(() => addon.witness(library, new Uint8Array(96).fill(0xff)))).to.equal("NATIVE_WITNESS");
      expect(await codeOf(() => addon.witness(library, new Uint8Array(96)))).to.equal("no error");
      expect(await codeOf(() => addon.witness({} as typeof library, new Uint8Array(96)))).to.equal("NATIVE_ARGUMENT");
      expect(await codeOf(() => addon.loadWitness(`${both.libraryPath}.none`))).to.equal("NATIVE_FILE");
      expect(await codeOf(() => addon.loadWitness("libm.so.6"))).to.equal("NATIVE_FILE");
    });
  });
});
