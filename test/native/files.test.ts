import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import { Random } from "../helpers/random.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";

const SEED = 20_261_122;
/** `NATIVE_FUZZ=100000` for a long run. */
const CASES = Number(process.env.NATIVE_FUZZ ?? 300);
const CODES = ["NATIVE_ZKEY", "NATIVE_WTNS", "NATIVE_WITNESS_SIZE"];

/** Where the sections' contents begin, by type. */
function sectionOffsets(file: Uint8Array): Map<number, number> {
  const view = Buffer.from(file);
  const out = new Map<number, number>();
  for (let at = 12, left = view.readUInt32LE(8); left > 0; left--) {
    out.set(view.readUInt32LE(at), at + 12);
    at += 12 + Number(view.readBigUInt64LE(at + 4));
  }
  return out;
}

describe("native file parsers", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  let wtns: Uint8Array;
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    wtns = await circuit.witness(5n, 6n, 7n);
  });
  after(() => circuit?.remove());

  /** "proof", or the code of the error. */
  const outcome = async (zkey: Uint8Array, witness: Uint8Array): Promise<string> => {
    try {
      await addon.prove(await addon.loadKey(zkey), witness, 1).promise;
      return "proof";
    } catch (error) {
      return String((error as { code?: unknown }).code); // the addon's errors carry one
    }
  };

  it("proves from the files as they are", async () => expect(await outcome(circuit.zkey, wtns)).to.equal("proof"));

  it("refuses a key or a witness that ends anywhere before its end", async () => {
    const random = new Random(SEED);
    for (let i = 0; i < CASES; i++) {
      const cut = (file: Uint8Array) => file.subarray(0, Number(random.between(0n, BigInt(file.length - 1))));
      expect(await outcome(cut(circuit.zkey), wtns)).to.equal("NATIVE_ZKEY");
      expect(await outcome(circuit.zkey, cut(wtns))).to.equal("NATIVE_WTNS");
    }
  });

  it("refuses a key or a witness that ends in its header, or at, before or behind a section's border", async () => {
    for (const { file, isKey } of [
      { file: circuit.zkey, isKey: true },
      { file: wtns, isKey: false },
    ]) {
      const borders = [...sectionOffsets(file).values()].flatMap((at) => [
        at - 13,
        at - 12,
        at - 11,
        at - 1,
        at,
        at + 1,
      ]);
      const header = Array.from({ length: 64 }, (_, index) => index);
      for (const length of [...header, ...borders, file.length - 1]) {
        const cut = file.subarray(0, length);
        const code = isKey ? await outcome(cut, wtns) : await outcome(circuit.zkey, cut);
        expect(code, `${length} bytes`).to.equal(isKey ? "NATIVE_ZKEY" : "NATIVE_WTNS");
      }
    }
  });

  it("refuses a key or a witness whose sections are missing, occur twice or have another length than they say", async () => {
    for (const { file, code, prove } of [
      { file: circuit.zkey, code: "NATIVE_ZKEY", prove: (changed: Uint8Array) => outcome(changed, wtns) },
      { file: wtns, code: "NATIVE_WTNS", prove: (changed: Uint8Array) => outcome(circuit.zkey, changed) },
    ]) {
      const unread = code === "NATIVE_ZKEY" ? [3, 10] : []; // the verifier's points, and the contributions
      for (const [type, start] of sectionOffsets(file)) {
        const content = Number(Buffer.from(file).readBigUInt64LE(start - 8));
        const changed = (write: (bytes: Buffer) => void): Promise<string> => {
          const bytes = Buffer.from(file);
          write(bytes);
          return prove(bytes);
        };
        const expected = unread.includes(type) ? "proof" : code;
        expect(await changed((bytes) => bytes.writeUInt32LE(99, start - 12)), `without ${type}`).to.equal(expected);
        const another = type === 1 ? 2 : 1;
        expect(await changed((bytes) => bytes.writeUInt32LE(another, start - 12)), `${another} twice`).to.equal(code);
        for (const length of [-1n, 1n << 63n, BigInt(content + 1), BigInt(content - 1), 0n]) {
          const bytes = await changed((all) => all.writeBigUInt64LE(BigInt.asUintN(64, length), start - 8));
          if (!unread.includes(type)) expect(bytes, `section ${type} of ${length} bytes`).to.equal(code);
          else expect(["proof", code], `section ${type} of ${length} bytes`).to.include(bytes);
        }
      }
    }
  });

  it("survives every byte of the headers set to zero, to all ones and to something else", async () => {
    for (const { file, prove } of [
      { file: circuit.zkey, prove: (changed: Uint8Array) => outcome(changed, wtns) },
      { file: wtns, prove: (changed: Uint8Array) => outcome(circuit.zkey, changed) },
    ]) {
      const starts = [...sectionOffsets(file).values()].flatMap((at) => [at - 12, at - 8, at - 4, at, at + 4, at + 8]);
      for (const at of new Set([...Array.from({ length: 80 }, (_, index) => index), ...starts])) {
        for (const value of [0, 0xff, file[at]! ^ 0x80, file[at]! ^ 1]) {
          const changed = Uint8Array.from(file);
          changed[at] = value;
          expect([...CODES, "proof"], `byte ${at}, ${value}`).to.include(await prove(changed));
        }
      }
    }
  });

  it("refuses by name what is not a file with a key: nothing, a folder, a pipe, an empty or a truncated file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "homeostat-files-"));
    const codeOf = (path: string): Promise<unknown> =>
      addon.loadKey(path).then(
        () => "a key",
        (error: { code?: unknown }) => error.code,
      );
    try {
      const [empty, cut, pipe] = ["empty", "cut", "pipe"].map((name) => join(folder, name)) as [string, string, string];
      await writeFile(empty, "");
      await writeFile(cut, circuit.zkey.subarray(0, circuit.zkey.length / 2));
      execFileSync("mkfifo", [pipe]);
      for (const path of [join(folder, "none"), folder, pipe, empty])
        expect(await codeOf(path)).to.equal("NATIVE_FILE");
      expect(await codeOf(cut)).to.equal("NATIVE_ZKEY");
      expect(await codeOf(circuit.zkeyPath)).to.equal("a key");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("ends with a proof or a named error whatever bytes are changed", async () => {
    const random = new Random(SEED);
    const seen = new Set<string>();
    const mutated = (file: Uint8Array): Uint8Array => {
      const out = Uint8Array.from(file);
      const starts = [0, ...sectionOffsets(file).values()];
      for (let changes = Number(random.between(1n, 4n)); changes > 0; changes--) {
        // near the beginning of a section, where counts and indices are, or anywhere
        const start = starts[Number(random.between(0n, BigInt(starts.length - 1)))] ?? 0;
        const reach = random.chance(10) ? 64 : out.length;
        const at = Math.min(out.length - 1, Math.max(0, start - 12) + Number(random.between(0n, BigInt(reach - 1))));
        out[at] = random.chance(8) ? 0xff : Number(random.bits(8));
      }
      return out;
    };
    for (let i = 0; i < CASES; i++) {
      seen.add(await outcome(mutated(circuit.zkey), wtns));
      seen.add(await outcome(circuit.zkey, mutated(wtns)));
    }
    expect([...seen])
      .to.include("proof")
      .and.include("NATIVE_ZKEY")
      .and.include("NATIVE_WTNS");
    expect([...seen].filter((code) => code !== "proof" && !CODES.includes(code))).to.deep.equal([]);
  });

  describe("when one field of the key is wrong", () => {
    const HEADER = 2;
    const COEFFICIENTS = 4;
    for (const { title, section, offset, value } of [
      { title: "another protocol", section: 1, offset: 0, value: 2 },
      { title: "a base field of another size", section: HEADER, offset: 0, value: 48 },
      { title: "another base field", section: HEADER, offset: 4, value: 1 },
      { title: "another scalar field", section: HEADER, offset: 40, value: 1 },
      { title: "more variables than points", section: HEADER, offset: 72, value: 1 << 20 },
      { title: "no variables", section: HEADER, offset: 72, value: 0 },
      { title: "more public signals than variables", section: HEADER, offset: 76, value: 0xffffffff },
      { title: "a domain that is no power of two", section: HEADER, offset: 80, value: 513 },
      { title: "a domain of nothing", section: HEADER, offset: 80, value: 0 },
      { title: "a coordinate above the modulus", section: HEADER, offset: 84 + 28, value: 0xffffffff },
      { title: "more coefficients than there are", section: COEFFICIENTS, offset: 0, value: 0xffffffff },
      { title: "a third matrix", section: COEFFICIENTS, offset: 4, value: 2 },
      { title: "a row outside the domain", section: COEFFICIENTS, offset: 8, value: 1 << 20 },
      { title: "a signal outside the circuit", section: COEFFICIENTS, offset: 12, value: 1 << 20 },
    ]) {
      it(`refuses ${title}`, async () => {
        const file = Buffer.from(circuit.zkey);
        file.writeUInt32LE(value, (sectionOffsets(file).get(section) ?? 0) + offset);
        expect(await outcome(file, wtns)).to.equal("NATIVE_ZKEY");
      });
    }
  });

  for (const { title, section, offset, value } of [
    { title: "over another field", section: 1, offset: 4, value: 1 },
    { title: "with values of another size", section: 1, offset: 0, value: 48 },
    { title: "with more values than it has", section: 1, offset: 36, value: 0xffffffff },
    { title: "without values", section: 1, offset: 36, value: 0 },
  ]) {
    it(`refuses a witness ${title}`, async () => {
      const file = Buffer.from(wtns);
      file.writeUInt32LE(value, (sectionOffsets(file).get(section) ?? 0) + offset);
      expect(await outcome(circuit.zkey, file)).to.equal("NATIVE_WTNS");
    });
  }

  it("refuses a witness value that is not below the modulus", async () => {
    const file = Uint8Array.from(wtns);
    file[file.length - 1] = 0xff;
    expect(await outcome(circuit.zkey, file)).to.equal("NATIVE_WTNS");
  });
});
