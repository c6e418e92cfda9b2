import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Addon, KeyHandle } from "../../prover/native/addon.ts";
import { Random } from "../helpers/random.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { packIntegers } from "./support/packed.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";
import { sealTables } from "./support/tableChecksum.ts";

const SEED = 20_261_122;
const CASES = 100;
const SHAPES_AT = 72; // bits, sets, bases of each table
const HEADER_BYTES = 192;

describe("files of tables", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  let folder: string;
  let digest: Uint8Array;
  let made: Buffer;
  let key: KeyHandle;
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    folder = mkdtempSync(join(tmpdir(), "homeostat-tables-"));
    digest = createHash("sha256").update(circuit.zkey).digest();
    key = await addon.loadKey(circuit.zkey);
    await addon.makeTables(key, join(folder, "made"), digest, 64, 0);
    made = readFileSync(join(folder, "made"));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await circuit?.remove();
  });

  /** "used", or the code and text of the refusal. */
  async function outcome(file: Uint8Array, owner: Uint8Array = digest): Promise<string> {
    const path = join(folder, "tried");
    writeFileSync(path, file);
    try {
      await addon.useTables(key, path, owner);
      return "used";
    } catch (error) {
      const { code, message } = error as Error & { code: string };
      return `${code} ${message.replace(path, "the file")}`;
    }
  }

  it("give the proof that a key gives without them, bit by bit, at each level and for every limit", async () => {
    for (const level of addon.levels()) {
      const [plain, tabled] = [await addon.loadKey(circuit.zkey, level), await addon.loadKey(circuit.zkey, level)];
      for (const megabytes of [1, 3, 64]) {
        const path = join(folder, `${level}-${megabytes}`);
        await addon.makeTables(tabled, path, digest, megabytes, 0);
        const facts = await addon.useTables(tabled, path, digest);
        expect(facts.bytes)
          .to.equal(statSync(path).size)
          .and.to.be.at.most(megabytes * 2 ** 20);
        for (const [left, right, narrow] of [
          [5n, 6n, 7n],
          [0n, 0n, 0n],
          [1n << 250n, 1n, (1n << 64n) - 1n],
        ] as const) {
          const wtns = await circuit.witness(left, right, narrow);
          const [first, second] = await Promise.all(
            [plain, tabled].map((each) => addon.prove(each, wtns, 2, packIntegers([11n, 12n])).promise),
          );
          expect(second!.points, `${level} ${megabytes}`).to.deep.equal(first!.points);
          expect(second!.publicSignals).to.deep.equal(first!.publicSignals);
          expect(second!.multiplications).to.not.equal(first!.multiplications);
        }
      }
    }
  });

  it("cover every base that is not infinity and whose signal is not a bit", async () => {
    const { shapes } = await addon.useTables(key, join(folder, "made"), digest);
    const signals = ((await circuit.witness(5n, 6n, 7n)).length - 76) / 32;
    const [one, publics, bits] = [1, 3, 63]; // the last of 64 bits is what the others leave of the number
    expect(shapes.c?.covered).to.equal(signals - one - publics - bits);
    expect(shapes.h?.covered).to.equal(512);
    expect(shapes.b1?.covered).to.equal(shapes.b2?.covered);
  });

  it("are refused when they end anywhere before their end, or go on after it", async () => {
    const random = new Random(SEED);
    for (let i = 0; i < CASES; i++) {
      const size = Number(random.between(1n, BigInt(made.length - 1)));
      expect(await outcome(made.subarray(0, size))).to.match(
        /^NATIVE_TABLES the file (is too short|does not have the length)/,
      );
    }
    expect(await outcome(new Uint8Array(0))).to.match(/^NATIVE_FILE /);
    expect(await outcome(Buffer.concat([made, Buffer.alloc(64)]))).to.match(/length/);
  });

  it("are refused when any bit of them was changed", async () => {
    const random = new Random(SEED);
    for (let i = 0; i < CASES; i++) {
      const file = Buffer.from(made);
      const at = Number(random.between(0n, BigInt((i % 2 === 0 ? HEADER_BYTES : made.length) - 1)));
      file[at]! ^= 1 << (i % 8);
      expect(await outcome(file), `byte ${at}`).to.match(/^NATIVE_TABLES the file /);
    }
    expect(await outcome(made)).to.equal("used");
  });

  it("are refused by name for another key, another level, another version, and when they are something else", async () => {
    expect(await outcome(made, new Uint8Array(32))).to.match(/another key/);
    expect(await outcome(circuit.zkey)).to.match(/does not hold tables/);
    const [version, level] = [Buffer.from(made), Buffer.from(made)];
    version.writeUInt32LE(2, 8);
    expect(await outcome(version)).to.match(/another version/);
    level.writeUInt32LE(116 - level.readUInt32LE(12), 12); // 52 bits a limb, or 64
    expect(await outcome(level)).to.match(/another dispatch level/);
  });

  for (const { title, at, value } of [
    { title: "windows of no bits", at: SHAPES_AT, value: 0 },
    { title: "windows that are too wide", at: SHAPES_AT, value: 21 },
    { title: "no sets of buckets", at: SHAPES_AT + 4, value: 0 },
    { title: "more sets than windows", at: SHAPES_AT + 4, value: 129 },
    { title: "more bases than the key has", at: SHAPES_AT + 8, value: 1 << 29 },
    { title: "a base that the key does not have", at: HEADER_BYTES, value: 0xffffffff },
    { title: "a base twice", at: HEADER_BYTES + 4, value: 0 },
    { title: "one table less", at: SHAPES_AT + 4 * 12 + 8, value: 0 },
  ]) {
    it(`are refused with ${title}, even if their checksum fits`, async () => {
      const file = Buffer.from(made);
      file.writeUInt32LE(value, at);
      expect(await outcome(file)).to.match(/checksum/);
      expect(await outcome(sealTables(file))).to.match(
        /^NATIVE_TABLES .*(shape|bases|ends inside|more than its tables)/,
      );
      expect(await outcome(sealTables(Buffer.from(made)))).to.equal("used");
    });
  }

  it("are written whole or not at all", async () => {
    for (const { path, owner, megabytes, code } of [
      { path: join("none", "made"), owner: digest, megabytes: 64, code: "NATIVE_FILE" },
      { path: "none", owner: digest, megabytes: 0, code: "NATIVE_TABLES" },
      { path: "none", owner: digest.subarray(1), megabytes: 64, code: "NATIVE_ARGUMENT" },
    ]) {
      const making = async (): Promise<void> => addon.makeTables(key, join(folder, path), owner, megabytes, 0);
      const failure = await making().catch((error: unknown) => error);
      expect(failure).to.have.property("code", code);
    }
    expect(readdirSync(folder).filter((name) => name.includes("making"))).to.deep.equal([]);
    expect(readdirSync(folder)).to.not.include("none");
  });
});
