import { type Addon, loadAddon } from "../../../prover/native/addon.ts";
import { buildAddon } from "../../../prover/native/build.ts";
import { NativeBuildError } from "../../../prover/native/toolchain.ts";

let built: Promise<Addon | string> | undefined;

/**
 * The addon, built once; `NATIVE_ADDON` names one that is built already, such as a sanitized one.
 * Skips the suite where there is no compiler, as a fresh clone may have none.
 */
export async function builtAddon(suite: Mocha.Context): Promise<Addon> {
  suite.timeout(0);
  built ??= (async () => loadAddon(process.env.NATIVE_ADDON ?? (await buildAddon())))().catch((error: unknown) => {
    if (error instanceof NativeBuildError && !error.message.includes("failed")) return error.message;
    throw error;
  });
  const addon = await built;
  if (typeof addon !== "string") return addon;
  console.warn(`native prover not tested: ${addon}`);
  return suite.skip();
}
