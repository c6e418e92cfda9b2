/**
 * `npm run check:snapshots [-- --update]`: storage layouts, gas and coverage of the contracts, compared with test/snapshots/.
 * A difference is no error by itself; that nobody looked at it is. `--update` writes what is found.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepare } from "../../prepare.ts";
import { contractCoverage } from "../coverage/cached.ts";
import { summarise } from "../coverage/summary.ts";
import { differences, type Snapshot } from "./compare.ts";
import { externalGas } from "./gas.ts";
import { storageLayouts } from "./storage.ts";

const FOLDER = join("test", "snapshots");
const update = process.argv.includes("--update");

async function coverage(): Promise<Snapshot> {
  const files = Object.entries(summarise(await contractCoverage()));
  return Object.fromEntries(
    files.map(([file, { lines, linesReached, branches, branchesTaken }]) => [
      file,
      `lines ${linesReached}/${lines}, branches ${branchesTaken}/${branches}`,
    ]),
  );
}

const FOUND: Readonly<Record<string, () => Snapshot | Promise<Snapshot>>> = {
  "storage.json": storageLayouts,
  "gas.json": externalGas,
  "coverage.json": coverage,
};

await prepare();
for (const [name, find] of Object.entries(FOUND)) {
  const path = join(FOLDER, name);
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Snapshot) : undefined; // written below
  const found = await find();
  const changes = differences(kept, found);
  for (const change of changes) console.log(`${name}: ${change}`);
  if (changes.length > 0 && update) writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
  console.log(`${changes.length === 0 ? "ok  " : update ? "new " : "FAIL"} ${path}`);
  if (changes.length > 0 && !update) process.exitCode = 1;
}
if (process.exitCode === 1)
  console.error("look at the differences; if they are meant: npm run check:snapshots -- --update");
process.exit();
