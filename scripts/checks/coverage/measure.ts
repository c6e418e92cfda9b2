import { readFileSync } from "node:fs";
import { errorsOf } from "../solidity/compile.ts";
import { SANDBOX_CONFIGURATION } from "../solidity/configuration.ts";
import { contractFiles } from "../solidity/contractFiles.ts";
import { compileEach, refusedFiles } from "../solidity/pipelines.ts";
import { Sandbox } from "../solidity/sandbox.ts";
import { parse } from "../solidity/syntax.ts";
import { TestProcess } from "../solidity/testProcess.ts";
import { instrument, type Point, PROBE_FILE, PROBE_SOURCE } from "./instrument.ts";

const LIMIT_MS = 1_800_000; // the whole suite on a slow and busy machine
const NOT_MEASURED = /^contracts\/(mocks|interfaces|testing)\//;

export interface Measurement {
  readonly points: readonly Point[];
  /** Full titles of the tests during which, or during whose set-up, a tag came. */
  readonly testsOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly durationsMs: Readonly<Record<string, number>>;
  /** The test file of a full title. */
  readonly fileOf: Readonly<Record<string, string>>;
  readonly passed: readonly string[];
  readonly failed: readonly { readonly title: string; readonly reason: string }[];
}

/** Runs the contract tests, but those of gas, on instrumented contracts. */
export async function measure(): Promise<Measurement> {
  const files = contractFiles().filter((file) => !NOT_MEASURED.test(file));
  const trees = parse(files);
  const points: Point[] = [];
  const replaced: Record<string, string> = { [PROBE_FILE]: PROBE_SOURCE };
  let nextTag = 2;
  for (const file of files) {
    const tree = trees[file]?.ast;
    if (tree === undefined) throw new Error(`${file} has no tree`);
    const result = instrument(file, readFileSync(file, "utf8"), tree, nextTag);
    points.push(...result.points);
    replaced[file] = result.text;
    nextTag = result.nextTag;
  }
  const sandbox = new Sandbox(SANDBOX_CONFIGURATION);
  const worker = new TestProcess(sandbox.root);
  try {
    const output = compileEach(contractFiles(), replaced, refusedFiles(replaced));
    const [error] = errorsOf(output);
    if (error !== undefined) throw new Error(error);
    sandbox.install(output.contracts);
    const { seenBy, ...result } = await worker.run({ bail: false }, LIMIT_MS);
    const testsOf = new Map<string, Set<string>>();
    for (const [title, tags] of Object.entries(seenBy)) {
      for (const tag of tags) testsOf.set(tag, (testsOf.get(tag) ?? new Set()).add(title));
    }
    const { passed, failed, durationsMs, fileOf } = result;
    return { points, testsOf, passed, failed, durationsMs, fileOf };
  } finally {
    worker.stop();
    sandbox.remove();
  }
}
