/**
 * `npm test [-- mocha arguments]`: builds what the tests need, then runs every test under test/ but *.slow.test.ts;
 * `npm run test:slow` runs those. A file that no run collects would be a silent gap, so files are passed by name.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepare } from "./prepare.ts";

const TEST_TIMEOUT_MS = 600_000; // one test, on a slow and busy machine
const COUNTS_FOLDER = join("build", "test-counts"); // what .ci/run adds up
const FAILURES_FOLDER = join("build", "test-failures"); // what .ci/run says again at its end

function testFiles(slow: boolean): readonly string[] {
  return readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && name.endsWith(".slow.test.ts") === slow)
    .map((name) => join("test", name))
    .sort();
}

interface Outcome {
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
  /** What mocha says of the failed ones; empty when none failed. */
  readonly failures: string;
}

/** Runs mocha, passing its output through. @returns its exit code and what it printed at its end */
function runMocha(mochaArguments: readonly string[]): Promise<Outcome> {
  const mocha = join("node_modules", "mocha", "bin", "mocha.js");
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", mocha, ...mochaArguments], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let tail = "";
  child.stdout.on("data", (chunk: Buffer) => {
    process.stdout.write(chunk);
    tail = (tail + chunk.toString()).slice(-200_000);
  });
  const count = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}`, "m").exec(tail)?.[1] ?? 0);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const failures = /^\s*\d+ failing[\s\S]*/m.exec(tail)?.[0] ?? "";
      resolve({ code: code ?? 1, passed: count("passing"), failed: count("failing"), failures });
    });
  });
}

await prepare();
const slow = process.argv.includes("--slow");
const chosen = process.argv.slice(2).filter((argument) => argument !== "--slow");
const files = chosen.some((argument) => argument.endsWith(".test.ts")) ? [] : testFiles(slow);
const { code, passed, failed, failures } = await runMocha([
  "--exit",
  "--parallel",
  "--jobs=2",
  `--timeout=${TEST_TIMEOUT_MS}`,
  ...chosen,
  ...files,
]);
for (const folder of [COUNTS_FOLDER, FAILURES_FOLDER]) mkdirSync(folder, { recursive: true });
const run = slow ? "slow" : "quick";
writeFileSync(join(COUNTS_FOLDER, run), `${passed} ${failed}\n`);
writeFileSync(join(FAILURES_FOLDER, run), failures);
if (passed === 0) console.error("no test ran");
process.exitCode = passed === 0 ? 1 : code;
