import { newSeed, writeKeystore } from "../oracle/keystore.ts";
import type { Output } from "./output.ts";
import { type Raw, SettingsError } from "./settings.ts";

/** `keygen`: makes a reporter's or a trader's signing key in a new file, and prints the public half. */
export async function keygen(flags: Raw, output: Output): Promise<void> {
  const path = flags.out;
  if (typeof path !== "string") throw new SettingsError(["--out: is needed"]);
  const { x, y } = (await writeKeystore(path, newSeed())).publicKey;
  output.print(`x ${x}\ny ${y}`, { path, x, y });
}
