import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CompiledCircuit, type StepRequest, secondsSince } from "./compileStep.ts";
import { DEV_KEY_VERSION, DEV_SEED, DEV_SETUP } from "./devKey/seed.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { assertKeyUsable } from "./keyGate.ts";
import { runProcess } from "./runProcess.ts";
import { buildStage, type Stage } from "./stageCache.ts";
import { readVerificationKey, type VerificationKey } from "./verificationKey.ts";

/** A finished ceremony key, already compared with its record. */
export interface CeremonyKey {
  readonly zkeyPath: string;
  readonly zkeySha256: string;
  /** Of the circuit that the ceremony was held for. */
  readonly r1csSha256: string;
  /** "ceremony: ..." for the manifest. */
  readonly setup: string;
}

export interface KeyRequest extends Omit<StepRequest, "main" | "compiler"> {
  /** How to call the circuit in errors. */
  readonly circuit: string;
  /** A key from a ceremony instead of a development key. */
  readonly ceremony?: CeremonyKey | undefined;
}

const KEY_MAIN = fileURLToPath(new URL("./devKey/main.ts", import.meta.url));
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * The key of a compiled circuit as `<base>.zkey` and `<base>.verification_key.json`, once for the same circuit and origin.
 * @throws {KeyRefusedError} when the key fails the key gate
 */
export async function keyStep(
  { base, counts, r1csPath, r1csSha256 }: CompiledCircuit,
  { root, circuit, directory, say, signal, ceremony }: KeyRequest,
): Promise<Stage> {
  const origin = ceremony === undefined ? { seed: DEV_SEED, version: DEV_KEY_VERSION } : { zkey: ceremony.zkeySha256 };
  return buildStage(directory, "key", sha256(canonicalJson({ r1csSha256, ...origin })), async (temporary) => {
    const zkeyPath = join(temporary, `${base}.zkey`);
    const started = performance.now();
    if (ceremony === undefined) {
      say("making the development key");
      await runProcess(
        `the development key of ${circuit}`,
        process.execPath,
        [KEY_MAIN, r1csPath, zkeyPath, r1csSha256],
        { cwd: root, signal, onLine: (line) => say(`  ${line}`) },
      );
      await writeFile(join(temporary, `${base}.zkey.DEV_SETUP`), `${DEV_SETUP}\n`);
    } else await writeFile(zkeyPath, await readFile(ceremony.zkeyPath));
    const key = readVerificationKey(zkeyPath);
    assertKeyUsable(circuit, key, counts.publicSignals);
    const marked: VerificationKey = ceremony === undefined ? { setup: DEV_SETUP, ...key } : key;
    await writeFile(join(temporary, `${base}.verification_key.json`), `${JSON.stringify(marked, null, 2)}\n`);
    say(`key of ${megabytes((await stat(zkeyPath)).size)} ready in ${secondsSince(started)}; it passed the key gate`);
  });
}
