import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import {
  ArtefactDigestError,
  ArtefactsMissingError,
  FILE_KINDS,
  loadArtefacts,
} from "../../../scripts/circuits/artefacts.ts";
import { buildProfile, UnknownProfileError } from "../../../scripts/circuits/build.ts";
import { sha256 } from "../../../scripts/circuits/digest.ts";
import { ProcessFailedError, runProcess } from "../../../scripts/circuits/runProcess.ts";
import { readSources, SourceMissingError } from "../../../scripts/circuits/sources.ts";
import { BUILD_SCRIPT, makeProject } from "./support/fixtureProject.ts";

/** The error of a promise that must fail. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

function flipBit(path: string, byte: number): void {
  const bytes = readFileSync(path);
  bytes[byte] = bytes[byte]! ^ 1;
  writeFileSync(path, bytes);
}

function startBuild(root: string): ChildProcess {
  return spawn(process.execPath, [BUILD_SCRIPT, "tiny"], { cwd: root, stdio: "ignore" });
}

const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on("close", resolve));

describe("buildProfile", () => {
  let project: ReturnType<typeof makeProject>;
  let root: string;
  const build = async () => {
    const lines: string[] = [];
    const artefacts = await buildProfile("tiny", { root, onProgress: (line) => lines.push(line) });
    return {
      artefacts,
      lines,
      compiled: lines.filter((line) => line.includes(": compiled in")).map((line) => line.split(":")[0]),
    };
  };
  const built = makeProject("SumOfSquares_10", "SumOfSquares_11");
  before(() => buildProfile("tiny", { root: built.root }));
  after(() => built.remove());
  beforeEach(() => {
    project = makeProject("SumOfSquares_10", "SumOfSquares_11");
    root = project.root;
    for (const folder of ["build", "contracts"])
      cpSync(join(built.root, folder), join(root, folder), { recursive: true });
  });
  afterEach(() => project.remove());
  const forget = () => rmSync(join(root, "build"), { recursive: true });

  it("makes everything once, and nothing again", async () => {
    forget();
    const first = await build();
    expect(first.compiled).to.have.members(["OracleRound", "MarginBatch"]);
    const manifest = readFileSync(join(root, "build/circuits/tiny/manifest.json"), "utf8");
    const contract = join(root, "contracts/generated/tiny/Groth16Verifier_MarginBatch_tiny.sol");
    const { mtimeMs } = statSync(contract);

    const started = performance.now();
    const second = await build();
    expect(performance.now() - started, "milliseconds of a warm run").to.be.below(1000);
    expect(second.compiled).to.deep.equal([]);
    expect(second.artefacts).to.deep.equal(first.artefacts);
    expect(readFileSync(join(root, "build/circuits/tiny/manifest.json"), "utf8")).to.equal(manifest);
    expect(statSync(contract).mtimeMs, "an unchanged contract is not compiled again").to.equal(mtimeMs);
  });

  it("says in the manifest what was made from what", async () => {
    const { manifest } = (await build()).artefacts;
    const batch = manifest.circuits.MarginBatch;
    expect(Object.keys(batch.sources)).to.deep.equal([
      "circuits/main/MarginBatch_tiny.circom",
      "circuits/main/SumOfSquares.circom",
    ]);
    for (const [path, digest] of Object.entries(batch.sources))
      expect(sha256(readFileSync(join(root, path)))).to.equal(digest);
    for (const kind of FILE_KINDS)
      expect(sha256(readFileSync(join(root, batch.files[kind].path)))).to.equal(batch.files[kind].sha256);
    expect(batch.compiler).to.deep.equal({
      name: "circom2",
      version: "0.2.23",
      options: ["--r1cs", "--wasm", "--sym", "--O2"],
    });
    expect(batch.counts.publicSignals).to.equal(11);
    expect(manifest.setup).to.equal("dev: forgeable by anyone, seed public");
  });

  it("makes the same bytes in another folder", async () => {
    const other = makeProject("SumOfSquares_10", "SumOfSquares_11");
    const elsewhere = await buildProfile("tiny", { root: other.root });
    expect((await build()).artefacts.manifest).to.deep.equal(elsewhere.manifest);
    other.remove();
  });

  it("compiles again when an included file changes, and takes the old result when it changes back", async () => {
    await build();
    const included = join(root, "circuits/main/SumOfSquares.circom");
    const text = readFileSync(included, "utf8");
    appendFileSync(included, "// a comment\n");
    expect((await build()).compiled).to.have.members(["OracleRound", "MarginBatch"]);
    writeFileSync(included, text);
    expect((await build()).compiled).to.deep.equal([]);
  });

  it("compiles only the circuit whose main file changed", async () => {
    await build();
    appendFileSync(join(root, "circuits/main/OracleRound_tiny.circom"), "// a comment\n");
    expect((await build()).compiled).to.deep.equal(["OracleRound"]);
  });

  for (const kind of FILE_KINDS) {
    it(`mends a ${kind} with a flipped bit, and one that was cut short`, async () => {
      const { artefacts } = await build();
      const path = artefacts.MarginBatch[kind];
      const digest = sha256(readFileSync(path));
      flipBit(path, 40);
      await build();
      expect(sha256(readFileSync(path))).to.equal(digest);
      truncateSync(path, 10);
      await build();
      expect(sha256(readFileSync(path))).to.equal(digest);
    });
  }

  it("mends a missing file", async () => {
    const { artefacts } = await build();
    rmSync(artefacts.OracleRound.zkey);
    await build();
    await loadArtefacts("tiny", { root });
  });

  it("gives the same result to two builds that run at once", async () => {
    forget();
    const exits = [startBuild(root), startBuild(root)].map(exitOf);
    expect(await Promise.all(exits)).to.deep.equal([0, 0]);
    const { manifest } = await loadArtefacts("tiny", { root });
    expect((await build()).artefacts.manifest).to.deep.equal(manifest);
  });

  it("finishes after having been killed at any moment", async () => {
    forget();
    for (const delayMs of [100, 300, 500, 700, 900, 1200]) {
      const child = startBuild(root);
      const exit = exitOf(child);
      await sleep(delayMs);
      child.kill("SIGKILL");
      await exit;
      const manifest = await loadArtefacts("tiny", { root }).catch((error: unknown) => error);
      if (manifest instanceof Error)
        expect(manifest, `killed after ${delayMs} ms`).to.be.instanceOf(ArtefactsMissingError);
    }
    await build();
    await loadArtefacts("tiny", { root });
  });

  it("removes what a killed build left behind an hour ago, and no sooner", async () => {
    const circuit = join(root, "build/circuits/tiny/OracleRound");
    rmSync(circuit, { recursive: true });
    const [old, fresh] = [join(circuit, ".building-key-old"), join(circuit, ".building-key-fresh")];
    for (const path of [old, fresh]) mkdirSync(path, { recursive: true });
    utimesSync(old, 0, Date.now() / 1000 - 3700);
    await build();
    expect([existsSync(old), existsSync(fresh)]).to.deep.equal([false, true]);
  });

  it("removes a result that has not been current for a day, and no sooner", async () => {
    const circuit = join(root, "build/circuits/tiny/OracleRound");
    const compiled = () => readdirSync(circuit).filter((name) => name.startsWith("compiled-"));
    const change = () => appendFileSync(join(root, "circuits/main/OracleRound_tiny.circom"), "// a comment\n");
    const [first] = compiled();
    change();
    await build();
    expect(compiled()).to.have.length(2).and.to.include(first);
    utimesSync(join(circuit, first!), 0, Date.now() / 1000 - 86_500);
    change();
    await build();
    expect(compiled()).to.have.length(2).and.not.to.include(first);
  });

  it("leaves no temporary files", async () => {
    forget();
    await build();
    const left = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
      basename(name).startsWith(".building"),
    );
    expect(left).to.deep.equal([]);
  });

  describe("when it cannot build", () => {
    it("names an unknown profile and the known ones", async () => {
      const error = await failure(buildProfile("tinny", { root }));
      expect(error)
        .to.be.instanceOf(UnknownProfileError)
        .with.property("message")
        .that.contains('"tinny"; it has tiny');
    });

    it("names a missing include and who includes it", async () => {
      rmSync(join(root, "circuits/main/SumOfSquares.circom"));
      const error = await failure(build());
      expect(error).to.be.instanceOf(SourceMissingError).with.property("source", "./SumOfSquares.circom");
      expect((error as Error).message).to.contain("(included by circuits/main/");
    });

    it("repeats the compiler's own words, and keeps no result", async () => {
      forget();
      appendFileSync(join(root, "circuits/main/OracleRound_tiny.circom"), "template {");
      const error = await failure(build());
      expect(error).to.be.instanceOf(ProcessFailedError).with.property("output").that.contains("error[P");
      const left = readdirSync(join(root, "build/circuits/tiny/OracleRound"));
      expect(left).to.deep.equal([]);
    });

    it("says that CIRCOM cannot be run", async () => {
      process.env.CIRCOM = join(root, "no-such-compiler");
      try {
        expect(await failure(build()))
          .to.be.instanceOf(ProcessFailedError)
          .with.property("message")
          .that.contains("CIRCOM=");
      } finally {
        delete process.env.CIRCOM;
      }
    });

    it("stops when told to", async () => {
      forget();
      const controller = new AbortController();
      const onProgress = (line: string) => line.includes("compiling") && controller.abort();
      const error = await failure(buildProfile("tiny", { root, onProgress, signal: controller.signal }));
      expect(error).to.have.property("name", "AbortError");
    });
  });
});

describe("loadArtefacts", () => {
  const project = makeProject("Cubic", "SumOfSquares_10");
  const { root } = project;
  before(() => buildProfile("tiny", { root }));
  after(() => project.remove());

  it("gives the paths of unchanged files", async () => {
    const { OracleRound, manifest } = await loadArtefacts("tiny", { root });
    expect(manifest.profile).to.equal("tiny");
    for (const kind of FILE_KINDS) expect(existsSync(OracleRound[kind]), kind).to.equal(true);
  });

  for (const kind of FILE_KINDS) {
    it(`refuses a ${kind} with one flipped bit, and names it`, async () => {
      const { MarginBatch, manifest } = await loadArtefacts("tiny", { root });
      const path = MarginBatch[kind];
      flipBit(path, 30);
      const error = await failure(loadArtefacts("tiny", { root }));
      expect(error).to.be.instanceOf(ArtefactDigestError).and.include({ code: "ARTEFACT_DIGEST", path });
      expect((error as ArtefactDigestError).claimed).to.equal(manifest.circuits.MarginBatch.files[kind].sha256);
      flipBit(path, 30);
      await loadArtefacts("tiny", { root });
    });
  }

  it("names the command that makes what is missing", async () => {
    const error = await failure(loadArtefacts("absent", { root }));
    expect(error)
      .to.be.instanceOf(ArtefactsMissingError)
      .with.property("message")
      .that.contains("node scripts/circuits/build.ts absent");
  });

  it("refuses a manifest that is not its own", async () => {
    const other = join(root, "build/circuits/other/manifest.json");
    mkdirSync(dirname(other), { recursive: true });
    writeFileSync(other, readFileSync(join(root, "build/circuits/tiny/manifest.json")));
    expect(await failure(loadArtefacts("other", { root }))).to.be.instanceOf(ArtefactsMissingError);
    writeFileSync(other, "{");
    expect(await failure(loadArtefacts("other", { root }))).to.be.instanceOf(ArtefactsMissingError);
  });
});

describe("runProcess", () => {
  const cwd = process.cwd();
  const node = (code: string, more: object = {}) =>
    runProcess("a test program", process.execPath, ["-e", code], { cwd, ...more });

  it("gives lines as they come, and everything at the end", async () => {
    const lines: string[] = [];
    const said = await node("console.log('one'); console.log('two'); console.error('three')", {
      onLine: (line: string) => lines.push(line),
    });
    expect(lines).to.deep.equal(["one", "two"]);
    expect(said).to.contain("three");
  });

  it("ends a program that takes too long", async () => {
    const error = await failure(node("for (;;);", { limitMs: 300 }));
    expect(error)
      .to.be.instanceOf(ProcessFailedError)
      .with.property("message")
      .that.contains("did not end within 300 ms");
  });

  it("repeats what a failing program said, and its code", async () => {
    const error = await failure(node("console.error('why'); process.exit(7)"));
    expect(error)
      .to.be.instanceOf(ProcessFailedError)
      .with.property("message", "a test program ended with code 7\nwhy");
  });
});

describe("readSources", () => {
  const project = makeProject("Cubic", "SumOfSquares_10");
  const { root } = project;
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  after(() => project.remove());

  it("follows includes through folders, libraries and circles, and skips those in comments", async () => {
    put(
      "a/main.circom",
      'include "../b/one.circom";\n// include "gone.circom";\n/* include "gone.circom"; */\ninclude "kit/two.circom";',
    );
    put("b/one.circom", 'include "../a/main.circom";');
    put("library/kit/two.circom", 'include "three.circom";');
    put("library/kit/three.circom", "");
    const sources = await readSources(root, "a/main.circom", ["library"]);
    expect(Object.keys(sources)).to.deep.equal([
      "a/main.circom",
      "b/one.circom",
      "library/kit/three.circom",
      "library/kit/two.circom",
    ]);
  });

  it("refuses an absolute include", async () => {
    put("a/absolute.circom", `include "${root}/b/one.circom";`);
    expect(await failure(readSources(root, "a/absolute.circom", []))).to.be.instanceOf(SourceMissingError);
  });
});
