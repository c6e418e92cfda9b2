import { readFileSync, statSync } from "node:fs";
import { SettingsError } from "./settings.ts";

const OTHERS = 0o077;

/**
 * The EVM key that pays gas, from a file that only its owner can read, or from HOMEOSTAT_SIGNER_KEY.
 * There is no flag for the key itself: flags are seen by every user of the machine.
 * @throws {SettingsError} never with the key in it
 */
export function readSignerKey(path: string | undefined, environment: NodeJS.ProcessEnv): string {
  const text = path === undefined ? environment.HOMEOSTAT_SIGNER_KEY : readKeyFile(path);
  if (text === undefined) {
    throw new SettingsError([
      "--signer-key-file or HOMEOSTAT_SIGNER_KEY: is needed; it pays gas and has no other power",
    ]);
  }
  const key = text.trim();
  if (!/^0x[0-9a-fA-F]{64}$/.test(key)) throw new SettingsError(["the signer key must be 0x and 64 hex digits"]);
  return key;
}

function readKeyFile(path: string): string {
  try {
    if ((statSync(path).mode & OTHERS) !== 0) throw new SettingsError([`${path}: others may read it; chmod 600 it`]);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError([`${path}: cannot be read`]);
  }
}
