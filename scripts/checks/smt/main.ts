/** `npm run check:smt [-- FILES]`: proves every assert of the harnesses in test/smt for all inputs; fails when one is refuted or left open. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { prove } from "./prove.ts";

const FOLDER = join("test", "smt");
const given = process.argv.slice(2);
const files =
  given.length > 0
    ? given
    : readdirSync(FOLDER)
        .filter((name) => name.endsWith(".sol"))
        .sort()
        .map((name) => join(FOLDER, name));

let failed = files.length === 0;
for (const file of files) {
  for (const { contract, asserts, proved, open } of prove(file)) {
    const holds = asserts > 0 && proved >= asserts && open.length === 0;
    failed ||= !holds;
    console.log(`${holds ? "ok  " : "FAIL"} ${contract}: ${proved} conditions of ${asserts} asserts proved`);
    for (const text of open) console.error(text);
  }
}
process.exitCode = failed ? 1 : 0;
