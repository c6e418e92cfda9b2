import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ArtefactDigestError } from "./artefacts.ts";
import { CEREMONY_PREFIX } from "./devKey/isDevSetup.ts";
import { digestFile } from "./digest.ts";
import type { CeremonyKey } from "./keyStep.ts";

/** What `scripts/ceremony/ceremony.ts finish` leaves beside the final key. */
export interface CeremonyRecord {
  readonly format: 1;
  readonly circuit: string;
  readonly profile: string;
  readonly r1csSha256: string;
  readonly ptauBlake2b: string;
  readonly zkeySha256: string;
  /** Contributions of people, the beacon not counted. */
  readonly contributions: readonly { readonly name: string; readonly transcript: string }[];
  /** Hex, and the number of iterations as a power of two. */
  readonly beacon: { readonly hash: string; readonly iterationsPower: number };
  readonly keyDigest: string;
}

/** Paths of a ceremony's results. */
export function ceremonyFiles(
  directory: string,
  circuit: string,
  profile: string,
): { readonly zkey: string; readonly verificationKey: string; readonly record: string } {
  const base = join(directory, `${circuit}_${profile}`);
  return { zkey: `${base}.zkey`, verificationKey: `${base}.verification_key.json`, record: `${base}.ceremony.json` };
}

/**
 * The final key of a ceremony, compared with the record that `finish` wrote after verifying it.
 * @throws {ArtefactDigestError} when the key is not the one of the record
 */
export async function readCeremonyKey(directory: string, circuit: string, profile: string): Promise<CeremonyKey> {
  const files = ceremonyFiles(directory, circuit, profile);
  const record = JSON.parse(await readFile(files.record, "utf8")) as CeremonyRecord;
  const zkeySha256 = await digestFile(files.zkey);
  if (zkeySha256 !== record.zkeySha256) throw new ArtefactDigestError(files.zkey, record.zkeySha256, zkeySha256);
  const { contributions, ptauBlake2b, r1csSha256, beacon } = record;
  const setup = `${CEREMONY_PREFIX} ${contributions.length} contributions and beacon ${beacon.hash}, powers of tau ${ptauBlake2b}`;
  return { zkeyPath: files.zkey, zkeySha256, r1csSha256, setup };
}
