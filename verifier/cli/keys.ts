/** Verification keys from files. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CouldNotCheckError } from "../check/verdict.ts";
import { parseVerificationKey, type VerificationKey } from "../check/verificationKey.ts";
import type { CircuitKeys } from "../replay/verifyHistory.ts";

const file = z.object({ files: z.object({ verificationKey: z.object({ path: z.string() }) }) });
const manifestSchema = z.object({ circuits: z.object({ OracleRound: file, MarginBatch: file }) });

/** The keys that the local build made from the circuits' sources; null when there is no build of the profile. */
export async function keysOfBuild(root: string, profile: string): Promise<CircuitKeys | null> {
  const path = join(root, "build", "circuits", profile, "manifest.json");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  const { circuits } = manifestSchema.parse(JSON.parse(text));
  return {
    OracleRound: await readKey(join(root, circuits.OracleRound.files.verificationKey.path)),
    MarginBatch: await readKey(join(root, circuits.MarginBatch.files.verificationKey.path)),
  };
}

/** Keys from two files of the auditor's own. */
export async function keysOfFiles(paths: {
  readonly OracleRound: string;
  readonly MarginBatch: string;
}): Promise<CircuitKeys> {
  return { OracleRound: await readKey(paths.OracleRound), MarginBatch: await readKey(paths.MarginBatch) };
}

/** @throws {CouldNotCheckError} when the file is absent, no key, or a key that anybody can forge proofs for */
async function readKey(path: string): Promise<VerificationKey> {
  try {
    return parseVerificationKey(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new CouldNotCheckError(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
