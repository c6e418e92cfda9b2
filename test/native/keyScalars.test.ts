import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import type { Addon } from "../../prover/native/addon.ts";
import type { LevelName } from "../../prover/native/levelName.ts";
import { writeSections } from "../../scripts/circuits/binaryFile.ts";
import { FIELD_BYTES, SCALAR_FIELD, toLittleEndian } from "../../scripts/circuits/bn254.ts";
import type { KeyArithmetic } from "../../scripts/circuits/devKey/arithmetic.ts";
import { rootOfUnity } from "../../scripts/circuits/devKey/lagrange.ts";
import { makeDevKey } from "../../scripts/circuits/devKey/makeDevKey.ts";
import { NativeArithmetic } from "../../scripts/circuits/devKey/nativeArithmetic.ts";
import { devSecrets } from "../../scripts/circuits/devKey/seed.ts";
import { WasmArithmetic } from "../../scripts/circuits/devKey/wasmArithmetic.ts";
import { digestFile } from "../../scripts/circuits/digest.ts";
import { domainPower, type R1cs } from "../../scripts/circuits/r1cs.ts";
import { builtAddon } from "./support/builtAddon.ts";

const SEED = 20_261_122;
const SECRETS = devSecrets("ab");
const PARTS = ["a", "b", "k", "h", "coefficients"] as const;

type Entry = readonly [wire: number, coefficient: bigint];
type Row = readonly (readonly Entry[])[];

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A circuit of these constraints, as an r1cs file holds them. */
function circuitOf(wires: number, publicSignals: number, rows: readonly Row[]): R1cs {
  const lists = rows.flat();
  const entry = ([wire, coefficient]: Entry) => Buffer.concat([word(wire), toLittleEndian(coefficient)]);
  const body = Buffer.concat(lists.map((list) => Buffer.concat([word(list.length), ...list.map(entry)])));
  return { wires, publicSignals, constraints: rows.length, privateInputs: 0, labels: wires, body };
}

function writeR1cs(path: string, { wires, publicSignals, constraints, body }: R1cs): void {
  const counts = [wires, publicSignals, 0, 0, wires, 0, constraints].map(word); // labels have 8 bytes
  const header = Buffer.concat([word(FIELD_BYTES), toLittleEndian(SCALAR_FIELD), ...counts]);
  writeSections(path, "r1cs", 1, [
    { id: 1, content: header },
    { id: 2, content: body },
  ]);
}

const coefficient = fc.oneof(
  fc.bigInt({ min: 0n, max: SCALAR_FIELD - 1n }),
  fc.constantFrom(0n, 1n, 2n, SCALAR_FIELD - 1n, SCALAR_FIELD - 2n),
);
const circuit = fc.tuple(fc.integer({ min: 2, max: 40 }), fc.nat(5)).chain(([wires, publicSignals]) => {
  const list = fc.array(fc.tuple(fc.nat(wires - 1), coefficient), { maxLength: 6 });
  const rows = fc.array(fc.tuple(list, list, list), { minLength: 1, maxLength: 70 });
  return rows.map((constraints) => circuitOf(wires, Math.min(publicSignals, wires - 1), constraints));
});

describe("native key scalars", () => {
  const small = circuitOf(3, 1, [[[[1, 1n]], [[2, 5n]], [[0, SCALAR_FIELD - 1n]]]]);
  let addon: Addon;
  before(async function () {
    addon = await builtAddon(this);
  });

  const evaluate = (level: LevelName, given: R1cs, secrets = SECRETS) =>
    new NativeArithmetic(addon, level).evaluate(given, secrets);

  it("equal the WebAssembly path's byte for byte, at each level", async () => {
    const wasm = await WasmArithmetic.create();
    const property = fc.property(circuit, (given) => {
      const derived = wasm.evaluate(given, SECRETS);
      for (const level of addon.levels()) {
        const scalars = evaluate(level, given);
        for (const part of PARTS) expect(Buffer.compare(scalars[part], derived[part]), `${level}, ${part}`).to.equal(0);
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 60 });
  });

  it("equal them over a domain of several blocks too", async () => {
    const rows = Array.from({ length: 9000 }, (_, i): Row => [[[i % 7, BigInt(i)]], [[(i * i) % 7, 1n]], [[3, 1n]]]);
    const given = circuitOf(7, 2, rows);
    const derived = (await WasmArithmetic.create()).evaluate(given, SECRETS);
    for (const level of addon.levels()) {
      const scalars = evaluate(level, given);
      for (const part of PARTS) expect(Buffer.compare(scalars[part], derived[part]), `${level}, ${part}`).to.equal(0);
    }
  });

  it("and the addon's points make the key that WebAssembly makes, at each level", async () => {
    const given = fc.sample(circuit, { seed: SEED, numRuns: 1 })[0] ?? small;
    const folder = await mkdtemp(join(tmpdir(), "homeostat-keys-"));
    try {
      const r1cs = join(folder, "sample.r1cs");
      writeR1cs(r1cs, given);
      const digestOf = async (arithmetic: KeyArithmetic): Promise<string> => {
        const zkey = join(folder, `${arithmetic.name}.zkey`);
        await makeDevKey(r1cs, zkey, "ab", { arithmetic });
        return digestFile(zkey);
      };
      const derived = await digestOf(await WasmArithmetic.create());
      for (const level of addon.levels()) {
        expect(await digestOf(new NativeArithmetic(addon, level)), level).to.equal(derived);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("are refused for constraints that end early, go on, or name an unknown wire", () => {
    for (const body of [
      new Uint8Array(0),
      ...Array.from({ length: small.body.length }, (_, length) => small.body.subarray(0, length)),
      Buffer.concat([small.body, word(0)]),
      Buffer.concat([word(0xffff_ffff), small.body.subarray(4)]),
      Buffer.concat([word(1), word(3), small.body.subarray(8)]),
    ]) {
      for (const level of addon.levels()) {
        expect(() => evaluate(level, { ...small, body: Buffer.from(body) }), `${body.length} bytes`)
          .to.throw()
          .with.property("code", "NATIVE_R1CS");
      }
    }
  });

  it("are refused for counts that no circuit has, and for a tau in a domain", () => {
    expect(() => evaluate("portable", small)).not.to.throw();
    const roots = [0, 1].map((more) => rootOfUnity(domainPower(small) + more));
    for (const wrong of [
      () => evaluate("portable", { ...small, publicSignals: 3 }),
      () => evaluate("portable", { ...small, constraints: 1 << 28 }),
      () => evaluate("portable", { ...small, constraints: 0, publicSignals: 0 }),
      () => addon.keyScalars("portable", small.body, 3, 1, 1, new Uint8Array(96)),
      ...roots.map((tau) => () => evaluate("portable", small, { ...SECRETS, tau })),
    ]) {
      expect(wrong).to.throw().with.property("code", "NATIVE_ARGUMENT");
    }
  });
});
