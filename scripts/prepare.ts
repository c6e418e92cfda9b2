/** What every program on real circuits and contracts needs first: circuits, keys, compiled contracts, the native prover. All cached. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildAddon } from "../prover/native/build.ts";
import { besideEachOther } from "./besideEachOther.ts";
import { buildProfile } from "./circuits/build.ts";
import { canonicalJson, sha256 } from "./circuits/digest.ts";
import { runProcess } from "./circuits/runProcess.ts";

const HARDHAT = join("node_modules", "hardhat", "dist", "src", "cli.js");
/** Contracts that the circuits' build writes; no other contract imports them. */
const GENERATED = join("contracts", "generated");
const SILENT_SECONDS = 10; // a check that nothing changed is not worth a line

const say = (text: string): void => console.error(`[set-up] ${text}`);

/**
 * Builds the circuits and dev keys of a profile, compiles the contracts, and where there is a C++ compiler the native prover, unless
 * they are there already. The prover is built first of all: the keys are made with it if it is ready by then.
 * @throws {Error} as buildProfile
 * @throws {ProcessFailedError} when the contracts do not compile
 */
export async function prepare(profile = "dev"): Promise<void> {
  const native = buildNative();
  try {
    await besideEachOther({
      generate: (signal) => buildProfile(profile, { onProgress: say, signal }),
      compile: compileContracts,
      generatedDigest: () => digestOfFolder(GENERATED),
    });
  } finally {
    await native;
  }
}

/** Nothing needs the native prover: without it snarkjs proves. So a failure is told, and is no error. */
async function buildNative(): Promise<void> {
  const done = timer();
  try {
    await buildAddon();
    done("native prover: built");
  } catch (error) {
    say(`native prover: not built, proofs take longer: ${firstLine(error)}`);
  }
}

async function compileContracts(signal: AbortSignal): Promise<void> {
  const done = timer();
  const command = [HARDHAT, "build", "--quiet", "--no-tests"];
  await runProcess("compiling the contracts", process.execPath, command, { cwd: process.cwd(), signal });
  done("contracts: ready");
}

/** Says how long something took, unless it was so short that nothing can have been done. */
function timer(): (what: string) => void {
  const started = performance.now();
  return (what) => {
    const seconds = (performance.now() - started) / 1000;
    if (seconds > SILENT_SECONDS) say(`${what} after ${seconds.toFixed(1)} s`);
  };
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** Changes with any file of a folder; a folder that is not there counts as empty. */
async function digestOfFolder(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = paths.sort().map(async (path) => [path, sha256(await readFile(path))]);
  return sha256(canonicalJson(await Promise.all(files)));
}
