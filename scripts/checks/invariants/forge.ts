import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The native file itself: the package's own wrapper ends with 0 also when tests fail. */
const BINARY = join("node_modules", "@foundry-rs", "forge-linux-amd64", "bin", "forge");

/** How one Solidity test ended. */
export interface ForgeTest {
  /** "file:Contract". */
  readonly contract: string;
  readonly name: string;
  readonly passed: boolean;
  readonly reason: string;
  /** Sequences of an invariant, or inputs of a fuzz test; 1 for a plain one. */
  readonly runs: number;
  readonly calls: number;
}

interface RawResult {
  readonly status: string;
  readonly reason: string | null;
  readonly kind: { readonly [kind: string]: { readonly runs?: number; readonly calls?: number } };
}

/** False where npm has no native forge for the platform; there only Hardhat runs the Solidity tests. */
export const isForgeThere = (): boolean => existsSync(BINARY);

/**
 * Runs Solidity tests with native forge; the compiler is soljson.js of the npm package `solc`.
 * @throws {Error} when it does not compile or no test ran
 */
export function runForge(
  forgeArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): readonly ForgeTest[] {
  const { stdout, stderr } = spawnSync(BINARY, ["test", "--json", ...forgeArguments], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, ...environment },
  });
  const line = stdout.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`forge gave no result:\n${stdout}\n${stderr}`);
  // forge's own format
  const suites = JSON.parse(line) as Record<string, { readonly test_results: Record<string, RawResult> }>;
  const tests = Object.entries(suites).flatMap(([contract, { test_results: results }]) =>
    Object.entries(results).map(([name, { status, reason, kind }]) => {
      const { runs = 1, calls = 0 } = Object.values(kind)[0] ?? {};
      return { contract, name, passed: status === "Success", reason: reason ?? "", runs, calls };
    }),
  );
  if (tests.length === 0) throw new Error(`forge ran no test:\n${stderr}`);
  return tests;
}
