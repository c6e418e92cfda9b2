import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SCALAR_FIELD } from "../../../../scripts/circuits/bn254.ts";

const FIXTURES = fileURLToPath(new URL("../../../fixtures/circuits/", import.meta.url));

/** The script under test, to be run as people run it. */
export const BUILD_SCRIPT = fileURLToPath(new URL("../../../../scripts/circuits/build.ts", import.meta.url));

/**
 * A project of its own in a temporary folder, with one profile, "tiny", made from the fixture circuits.
 * @returns the folder, and a function that removes it
 */
export function makeProject(
  oracleRound: string,
  marginBatch: string,
): { readonly root: string; readonly remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), "homeostat-build-"));
  const main = join(root, "circuits", "main");
  mkdirSync(main, { recursive: true });
  writeFileSync(join(root, "circuits", "profiles.json"), JSON.stringify({ tiny: {} }));
  copyFileSync(join(FIXTURES, "SumOfSquares.circom"), join(main, "SumOfSquares.circom"));
  copyFileSync(join(FIXTURES, `${oracleRound}.circom`), join(main, "OracleRound_tiny.circom"));
  copyFileSync(join(FIXTURES, `${marginBatch}.circom`), join(main, "MarginBatch_tiny.circom"));
  return { root, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Input of SumOfSquares(n) with full-width values, whose bytes cost a transaction as much as those of hashes. */
export function sumOfSquaresInput(signals: number): { readonly total: string; readonly x: readonly string[] } {
  const x = Array.from({ length: signals - 1 }, (_, i) => SCALAR_FIELD / BigInt(i + 2));
  return { total: String(x.reduce((sum, value) => sum + value * value, 0n) % SCALAR_FIELD), x: x.map(String) };
}
