import { expect } from "chai";
import { Random } from "../helpers/random.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { type MadeTables, makeSampleTables } from "./support/madeTables.ts";
import { sealTables } from "./support/tableChecksum.ts";

const SEED = 20_261_122;
const CASES = 100;
const SHAPES_AT = 72; // bits, sets, bases of each table
const HEADER_BYTES = 192;

describe("files of tables that are not as they were made", () => {
  let tables: MadeTables;
  before(async function () {
    tables = await makeSampleTables(await builtAddon(this));
  });
  after(() => tables?.remove());

  it("are refused when they end anywhere before their end, or go on after it", async () => {
    const { made, outcome } = tables;
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
    const { made, outcome } = tables;
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
    const { circuit, made, outcome } = tables;
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
      const { made, outcome } = tables;
      const file = Buffer.from(made);
      file.writeUInt32LE(value, at);
      expect(await outcome(file)).to.match(/checksum/);
      expect(await outcome(sealTables(file))).to.match(
        /^NATIVE_TABLES .*(shape|bases|ends inside|more than its tables)/,
      );
      expect(await outcome(sealTables(Buffer.from(made)))).to.equal("used");
    });
  }
});
