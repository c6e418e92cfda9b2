/**
 * `npm run check:invariants`: the Solidity tests in Hardhat's chain and in native forge; the invariants that carry money with 10,000
 * sequences each; and the same invariants beside planted bugs, where they must fail.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ForgeTest, isForgeThere, runForge } from "./forge.ts";
import { isNoticed, plantedIn } from "./planted.ts";

const MONEY = "Money";
const MONEY_RUNS = 10_000;
const HARDHAT = join("node_modules", "hardhat", "dist", "src", "cli.js");
let failed = 0;

function report(ok: boolean, text: string): void {
  if (!ok) failed += 1;
  console.log(`${ok ? "ok  " : "FAIL"} ${text}`);
}

const describeTest = ({ contract, name, runs, calls, passed, reason }: ForgeTest): string =>
  `${contract} ${name} (${runs} runs${calls === 0 ? "" : `, ${calls} calls`})${passed ? "" : `: ${reason}`}`;

const { status } = spawnSync(process.execPath, [HARDHAT, "test", "solidity"], {
  stdio: ["ignore", "inherit", "inherit"],
});
report(status === 0, "Solidity tests in Hardhat's chain");

if (isForgeThere()) {
  for (const test of runForge(["--no-match-contract", MONEY])) report(test.passed, describeTest(test));
  for (const test of runForge(["--match-contract", MONEY], { FOUNDRY_INVARIANT_RUNS: String(MONEY_RUNS) }))
    report(test.passed && test.runs >= MONEY_RUNS, describeTest(test));
  const files = readdirSync(join("test", "planted")).filter((name) => name.endsWith(".t.sol"));
  const tests = runForge(["--match-path", "test/planted/*"], { FOUNDRY_PROFILE: "planted" });
  for (const planted of files.flatMap((name) => plantedIn(join("test", "planted", name))))
    report(isNoticed(planted, tests), `${planted.contract} fails: ${planted.reason}`);
} else {
  console.log("native forge is not there for this platform: its runs are left out");
}
process.exitCode = failed === 0 ? 0 : 1;
