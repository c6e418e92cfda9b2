/**
 * `node scripts/run.mjs prover/native/sanitize.ts [mocha arguments]`: the native tests, or those named, against an addon and witness
 * libraries with address and undefined-behaviour checks.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAddon } from "./build.ts";
import { compilerName } from "./toolchain.ts";

/** The runtime of a sanitizer, which must be there before Node is. */
const runtime = (name: string): string =>
  execFileSync(compilerName(), [`-print-file-name=${name}`], { encoding: "utf8" }).trim();

const addon = await buildAddon("sanitized");
const sanitizers = {
  LD_PRELOAD: [runtime("libasan.so"), runtime("libubsan.so")].join(" "),
  ASAN_OPTIONS: "detect_leaks=0", // Node itself never frees everything; test/native/liveMemory.test.ts looks for leaks
  UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1",
};

// Proving children get no environment, so their Node brings it along.
const folder = mkdtempSync(join(tmpdir(), "homeostat-sanitize-"));
const childNode = join(folder, "node");
const exported = Object.entries(sanitizers).map(([name, value]) => `export ${name}='${value}'\n`);
writeFileSync(childNode, `#!/bin/sh\n${exported.join("")}exec '${process.execPath}' "$@"\n`, { mode: 0o755 });

const chosen = process.argv.slice(2);
const files = chosen.some((argument) => argument.endsWith(".test.ts")) ? [] : ["test/native/**/*.test.ts"];
const child = spawn(
  process.execPath,
  ["node_modules/mocha/bin/mocha.js", "--exit", "--timeout=0", ...chosen, ...files],
  {
    stdio: "inherit",
    env: { ...process.env, NATIVE_ADDON: addon, NATIVE_NODE: childNode, ...sanitizers },
  },
);
process.exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
rmSync(folder, { recursive: true, force: true });
