import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Addon, KeyHandle } from "../../prover/native/addon.ts";
import { findTables, type TabledKey, tablesPath, useKeyTables } from "../../prover/native/keyTables.ts";
import { builtAddon } from "./support/builtAddon.ts";
import { type SampleCircuit, sampleCircuit } from "./support/sampleCircuit.ts";

const MEGABYTES = 2;

describe("tables next to a key", () => {
  let addon: Addon;
  let circuit: SampleCircuit;
  let folder: string;
  let key: KeyHandle;
  let zkeyPath: string;
  const tabled = (): TabledKey => {
    const zkeyDigest = createHash("sha256").update(circuit.zkey).digest("hex");
    return { addon, key, zkeyPath, zkeyDigest };
  };
  const identity = (): number => statSync(tablesPath(zkeyPath)).ino;
  before(async function () {
    addon = await builtAddon(this);
    circuit = await sampleCircuit();
    key = await addon.loadKey(circuit.zkey);
  });
  after(() => circuit?.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "homeostat-tables-"));
    zkeyPath = join(folder, "sample.zkey");
    copyFileSync(circuit.zkeyPath, zkeyPath);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are made when there are none, and kept", async () => {
    expect(await findTables(tabled())).to.include({ missing: true });
    const facts = await useKeyTables(tabled(), MEGABYTES);
    expect(facts.limitBytes).to.equal(MEGABYTES * 2 ** 20);
    const first = identity();
    expect(await useKeyTables(tabled(), MEGABYTES)).to.deep.equal(facts);
    expect(identity()).to.equal(first);
    expect(await findTables(tabled())).to.deep.equal(facts);
  });

  it("are made anew for another limit, and when they are refused", async () => {
    await useKeyTables(tabled(), MEGABYTES);
    expect((await useKeyTables(tabled(), 1)).limitBytes).to.equal(2 ** 20);
    const path = tablesPath(zkeyPath);
    rmSync(path); // who still maps the file keeps it; a mapped file must not be truncated
    copyFileSync(zkeyPath, path);
    truncateSync(path, 1000);
    expect(await findTables(tabled()))
      .to.include({ missing: false })
      .and.to.have.property("reason")
      .that.matches(/does not hold tables/);
    expect((await useKeyTables(tabled(), 1)).limitBytes).to.equal(2 ** 20);
  });

  it("are made once by many who want them at the same time", async () => {
    const all = await Promise.all([1, 2, 3].map(() => useKeyTables(tabled(), MEGABYTES)));
    for (const facts of all) expect(facts).to.deep.equal(all[0]);
  });
});
