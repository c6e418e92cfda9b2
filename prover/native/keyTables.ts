import { dirname } from "node:path";
import type { Addon, KeyHandle, TableFacts } from "./addon.ts";
import { alone } from "./alone.ts";

/** A loaded key and where it came from. */
export interface TabledKey {
  readonly addon: Addon;
  readonly key: KeyHandle;
  readonly zkeyPath: string;
  /** SHA-256 of the key's file, hex. */
  readonly zkeyDigest: string;
}

/** Tables of a key lie next to it. */
export const tablesPath = (zkeyPath: string): string => `${zkeyPath}.tables`;

const digestBytes = (hex: string): Uint8Array => Buffer.from(hex.replace(/^0x/, ""), "hex");

/** Why a file of tables is not used: it is not there, or is refused. */
export interface TableRefusal {
  readonly missing: boolean;
  readonly reason: string;
}

/**
 * Lets proofs of a key use the tables next to it, as they are.
 * @returns why not, when the file is missing, truncated, changed, of another key or for another dispatch level
 */
export async function findTables({ addon, key, zkeyPath, zkeyDigest }: TabledKey): Promise<TableFacts | TableRefusal> {
  try {
    return await addon.useTables(key, tablesPath(zkeyPath), digestBytes(zkeyDigest));
  } catch (error) {
    const { code, message: reason } = error as Error & { code?: string }; // the addon's errors carry one
    if (code !== "NATIVE_TABLES" && code !== "NATIVE_FILE") throw error;
    return { missing: code === "NATIVE_FILE", reason };
  }
}

/**
 * Lets proofs of a key use tables of at most `megabytes` MiB. Makes them first, some ten seconds of processor time for 10^5
 * constraints, when there are none, they are refused, or they were made for another limit. One process makes them at a time.
 * @throws {Error} NATIVE_TABLES when the limit is too small for any, NATIVE_FILE when they cannot be written
 */
export async function useKeyTables(tabled: TabledKey, megabytes: number): Promise<TableFacts> {
  const { addon, key, zkeyPath, zkeyDigest } = tabled;
  const fitting = async (): Promise<TableFacts | null> => {
    const found = await findTables(tabled);
    return "bytes" in found && found.limitBytes === megabytes * 2 ** 20 ? found : null;
  };
  const make = async (): Promise<TableFacts> => {
    const [path, digest] = [tablesPath(zkeyPath), digestBytes(zkeyDigest)];
    await addon.makeTables(key, path, digest, megabytes, 0);
    return addon.useTables(key, path, digest);
  };
  return (await fitting()) ?? alone(dirname(zkeyPath), async () => (await fitting()) ?? make());
}
