import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ArtefactError } from "./errors.ts";

/** The three files that proving a circuit needs, and the SHA-256 of each, hex. */
export interface CircuitArtefact {
  readonly name: string;
  readonly wasmPath: string;
  readonly zkeyPath: string;
  readonly verificationKeyPath: string;
  readonly digests: { readonly wasm: string; readonly zkey: string; readonly verificationKey: string };
}

/**
 * Reads a file and refuses it when it is not the one that is meant.
 * @param digest SHA-256, 64 hex digits
 * @throws {ArtefactError} when the file is missing, or has another digest
 */
export async function readArtefact(path: string, digest: string): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ArtefactError(path, error instanceof Error ? error.message : "unreadable");
  }
  const derived = createHash("sha256").update(bytes).digest("hex");
  if (derived !== digest.toLowerCase().replace(/^0x/, "")) {
    throw new ArtefactError(path, `SHA-256 is ${derived}, the manifest says ${digest}`);
  }
  return bytes;
}
