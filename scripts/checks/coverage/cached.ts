import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Measurement, measure } from "./measure.ts";

const CACHE = join("build", "contract-coverage.json");
/** Whatever may change the figures. */
const FOLDERS = [
  "contracts",
  join("test", "contracts"),
  join("test", "helpers"),
  join("scripts", "checks", "coverage"),
  join("scripts", "checks", "solidity"),
];

/** A measurement as JSON has it. */
type Stored = Omit<Measurement, "testsOf"> & {
  readonly digest: string;
  readonly testsOf: readonly (readonly [string, readonly string[]])[];
};

/**
 * The last measurement; made again only after something that it depends on was changed.
 * @throws {Error} when a test fails on instrumented contracts
 */
export async function contractCoverage(): Promise<Measurement> {
  const digest = digestOf(FOLDERS);
  if (existsSync(CACHE)) {
    const known = JSON.parse(readFileSync(CACHE, "utf8")) as Stored; // written below
    if (known.digest === digest)
      return { ...known, testsOf: new Map(known.testsOf.map(([tag, on]) => [tag, new Set(on)])) };
  }
  const measurement = await measure();
  const [failure] = measurement.failed;
  if (failure !== undefined) throw new Error(`${failure.title} fails on instrumented contracts: ${failure.reason}`);
  if (measurement.passed.length === 0) throw new Error("no test ran");
  mkdirSync(dirname(CACHE), { recursive: true });
  const testsOf = [...measurement.testsOf].map(([tag, on]) => [tag, [...on]] as const);
  writeFileSync(CACHE, JSON.stringify({ ...measurement, digest, testsOf } satisfies Stored));
  return measurement;
}

function digestOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const path = join(folder, name);
      if (statSync(path).isFile()) hash.update(name).update(readFileSync(path));
    }
  }
  return hash.digest("hex");
}
