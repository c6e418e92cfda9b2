/** `node scripts/run.mjs prover/native/sanitize.ts`: the native tests against an addon with address and undefined-behaviour checks. */
import { execFileSync, spawn } from "node:child_process";
import { buildAddon } from "./build.ts";
import { compilerName } from "./toolchain.ts";

/** The runtime of a sanitizer, which must be there before Node is. */
const runtime = (name: string): string =>
  execFileSync(compilerName(), [`-print-file-name=${name}`], { encoding: "utf8" }).trim();

const addon = await buildAddon("sanitized");
const child = spawn(
  process.execPath,
  ["node_modules/mocha/bin/mocha.js", "--exit", "--timeout=0", "test/native/**/*.test.ts", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      NATIVE_ADDON: addon,
      LD_PRELOAD: [runtime("libasan.so"), runtime("libubsan.so")].join(" "),
      ASAN_OPTIONS: "detect_leaks=0", // Node itself never frees everything; the memory test looks for leaks
      UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1",
    },
  },
);
process.exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? 1)));
