import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { buildStage } from "../../../scripts/circuits/stageCache.ts";

const INPUTS = "0123456789abcdef0123456789abcdef";

describe("buildStage", () => {
  let parent: string;
  let made: number;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "homeostat-stages-"));
    made = 0;
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const build = () =>
    buildStage(parent, "key", INPUTS, async (directory) => {
      made++;
      await writeFile(join(directory, "key.zkey"), "a key");
    });

  it("takes what was made before", async () => {
    const first = await build();
    const second = await build();
    expect([first.cached, second.cached, made]).to.deep.equal([false, true, 1]);
    expect(second.files).to.deep.equal(first.files);
  });

  it("leaves a file that somebody put beside the stage's own where it is", async () => {
    const { directory } = await build();
    const beside = join(directory, "key.zkey.tables");
    await writeFile(beside, "tables");
    const { cached, files } = await build();
    expect(cached).to.equal(true);
    expect(Object.keys(files)).to.deep.equal(["key.zkey"]);
    expect(await readFile(beside, "utf8")).to.equal("tables");
  });

  for (const [damage, name, content] of [
    ["a changed file", "key.zkey", "another"],
    ["a record of something else", "stage.json", '{"inputs":"","files":{}}'],
    ["a cut record", "stage.json", '{"inputs'],
    ["a record of a file that is not there", "stage.json", '{"inputs":"","files":{"lost":{}}}'],
    ["a record without files", "stage.json", "{}"],
  ] as const) {
    it(`makes the stage anew after ${damage}`, async () => {
      const { directory } = await build();
      await writeFile(join(directory, name), content);
      const { cached } = await build();
      expect([cached, made]).to.deep.equal([false, 2]);
      expect(await readFile(join(directory, "key.zkey"), "utf8")).to.equal("a key");
    });
  }
});
