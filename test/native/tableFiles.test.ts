import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Addon } from "../../prover/native/addon.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { type MadeTables, makeSampleTables } from "./support/madeTables.ts";
import { packIntegers } from "./support/packed.ts";

describe("files of tables", () => {
  let addon: Addon;
  let tables: MadeTables;
  before(async function () {
    addon = await builtAddon(this);
    tables = await makeSampleTables(addon);
  });
  after(() => tables?.remove());

  it("give the proof that a key gives without them, bit by bit, at each level and for every limit", async () => {
    const { circuit, digest, folder } = tables;
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
    const { circuit, digest, key, path } = tables;
    const { shapes } = await addon.useTables(key, path, digest);
    const signals = ((await circuit.witness(5n, 6n, 7n)).length - 76) / 32;
    const [one, publics, bits] = [1, 3, 63]; // the last of 64 bits is what the others leave of the number
    expect(shapes.c?.covered).to.equal(signals - one - publics - bits);
    expect(shapes.h?.covered).to.equal(512);
    expect(shapes.b1?.covered).to.equal(shapes.b2?.covered);
  });

  it("are written whole or not at all", async () => {
    const { digest, folder, key } = tables;
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
