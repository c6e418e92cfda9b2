/** `npm run coverage:contracts [-- --json]`: line and branch coverage of the contracts by their tests; fails below 95 % of branches. */
import Table from "cli-table3";
import { prepare } from "../../prepare.ts";
import { contractCoverage } from "./cached.ts";
import { percentDown, summarise, totalOf } from "./summary.ts";

const LEAST_PERCENT = 95;
/** What the least percentage is asked of. */
const GUARD_AND_ENGINE =
  /^contracts\/(guard|engine|libraries|exit|log)\/|^contracts\/(Homeostat|MarginEngine|OpLog)\.sol$/;

await prepare();
const files = summarise(await contractCoverage());
const total = totalOf(files, GUARD_AND_ENGINE);
const branchPercent = percentDown(total.branchesTaken, total.branches);
const linePercent = percentDown(total.linesReached, total.lines);

if (process.argv.includes("--json")) {
  console.log(
    JSON.stringify({ "coverage.contracts.branches": branchPercent, "coverage.contracts.lines": linePercent, files }),
  );
} else {
  const table = new Table({ head: ["file", "lines", "branches", "not reached"], style: { head: [], border: [] } });
  for (const [file, { lines, linesReached, branches, branchesTaken, missing }] of Object.entries(files))
    table.push([file, `${linesReached}/${lines}`, `${branchesTaken}/${branches}`, missing.join(", ")]);
  console.log(table.toString());
  console.log(`guard, engine and libraries: ${branchPercent} % of branches, ${linePercent} % of lines`);
}
if (branchPercent < LEAST_PERCENT) {
  console.error(`below ${LEAST_PERCENT} % of branches: ${total.missing.join(", ")}`);
  process.exitCode = 1;
}
