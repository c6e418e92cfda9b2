/** From circuit sources to keys and verifier contracts: `node scripts/circuits/build.ts <profile> [--keys <directory>]`. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import {
  type Artefacts,
  artefactsOf,
  CIRCUITS,
  type CircuitName,
  type Manifest,
  manifestPath,
  profileDirectory,
} from "./artefacts.ts";
import { buildCircuit } from "./buildCircuit.ts";
import { readCeremonyKey } from "./ceremonyKey.ts";
import { findCompiler } from "./compiler.ts";
import { DEV_SETUP } from "./devKey/seed.ts";
import { writeFileAtomically } from "./stageCache.ts";

export class UnknownProfileError extends Error {
  override readonly name = "UnknownProfileError";
  readonly code = "UNKNOWN_PROFILE";
  constructor(profile: string, known: readonly string[]) {
    super(`circuits/profiles.json has no profile "${profile}"; it has ${known.join(", ")}`);
  }
}

export interface BuildOptions {
  /** Called with one line for people at each step. */
  readonly onProgress?: (line: string) => void;
  /** Project root; the working directory when absent. */
  readonly root?: string;
  /** Directory with the results of a ceremony; development keys when absent. @see scripts/ceremony */
  readonly keys?: string;
  readonly signal?: AbortSignal;
}

/**
 * Brings everything that a profile needs up to date: compiled circuits, keys, manifest, verifier contracts.
 * Both circuits are built at once, each in its own processes. What did not change is not made again.
 * @throws {UnknownProfileError} @throws {SourceMissingError} @throws {ProcessFailedError} @throws {KeyRefusedError}
 * @throws {CeremonyCircuitError} when `keys` were made for other circuits
 */
export async function buildProfile(profile: string, options: BuildOptions = {}): Promise<Artefacts> {
  const root = resolve(options.root ?? process.cwd());
  const profiles = JSON.parse(await readFile(join(root, "circuits", "profiles.json"), "utf8")) as Record<
    string,
    unknown
  >;
  if (!Object.hasOwn(profiles, profile)) throw new UnknownProfileError(profile, Object.keys(profiles));
  const compiler = await findCompiler(root);
  const { keys } = options;
  const command = `node scripts/circuits/build.ts ${profile}${keys === undefined ? "" : " --keys <directory>"}`;
  const failed = new AbortController(); // when one circuit fails, the other's processes end too
  const signal = options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const build = async (circuit: CircuitName) =>
    buildCircuit({
      root,
      circuit,
      profile,
      main: `circuits/main/${circuit}_${profile}.circom`,
      compiler,
      command,
      onProgress: options.onProgress ?? (() => {}),
      signal,
      ceremony: keys === undefined ? undefined : await readCeremonyKey(keys, circuit, profile),
    });
  const running = CIRCUITS.map(async (circuit) => {
    try {
      return await build(circuit);
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
  const results = await Promise.allSettled(running);
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
  const cause = reasons.find((reason) => reason.name !== "AbortError") ?? reasons[0];
  if (cause !== undefined) throw cause;
  const [OracleRound, MarginBatch] = await Promise.all(running);
  if (OracleRound === undefined || MarginBatch === undefined) throw new RangeError("two circuits were asked for");

  const circuits = { OracleRound, MarginBatch };
  const setup = Object.values(circuits).find((circuit) => circuit.setup === DEV_SETUP)?.setup ?? OracleRound.setup;
  const manifest: Manifest = { format: 1, profile, setup, circuits };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFileAtomically(manifestPath(root, profile), text, profileDirectory(root, profile));
  return artefactsOf(root, manifest);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { keys: { type: "string" } } });
  const [profile = "dev"] = positionals;
  const started = performance.now();
  try {
    const keys = values.keys === undefined ? {} : { keys: values.keys };
    const { manifest } = await buildProfile(profile, { onProgress: (line) => console.log(line), ...keys });
    console.log(
      `${manifestPath(".", profile)} (${manifest.setup}), ${((performance.now() - started) / 1000).toFixed(2)} s in all`,
    );
  } catch (error) {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
    process.exitCode = 1;
  }
}
