import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GAS_TESTS } from "./excluded.ts";
import { measure } from "./measure.ts";
import { type FileCoverage, summarise } from "./summary.ts";

const CACHE = join("build", "contract-coverage.json");
/** Whatever may change the figures. */
const FOLDERS = ["contracts", join("test", "contracts"), join("test", "helpers"), join("scripts", "checks")];

/** Coverage by file; measured again only after something that it depends on was changed. @throws {Error} when a test fails */
export async function contractCoverage(): Promise<Readonly<Record<string, FileCoverage>>> {
  const digest = digestOf(FOLDERS);
  if (existsSync(CACHE)) {
    // written below
    const known = JSON.parse(readFileSync(CACHE, "utf8")) as { digest: string; files: Record<string, FileCoverage> };
    if (known.digest === digest) return known.files;
  }
  const measurement = await measure(GAS_TESTS);
  const [failure] = measurement.failed;
  if (failure !== undefined) throw new Error(`${failure.title} fails on instrumented contracts: ${failure.reason}`);
  if (measurement.passed.length === 0) throw new Error("no test ran");
  const files = summarise(measurement);
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify({ digest, files }));
  return files;
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
