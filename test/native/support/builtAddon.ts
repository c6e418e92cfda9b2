import { type Addon, loadAddon } from "../../../prover/native/addon.ts";
import { buildAddon } from "../../../prover/native/build.ts";
import { NativeBuildError } from "../../../prover/native/toolchain.ts";

let built: Promise<{ readonly path: string } | { readonly missing: string }> | undefined;

/**
 * The addon's path, built once; `NATIVE_ADDON` names one that is built already, such as a sanitized one.
 * Skips the suite where there is no compiler, as a fresh clone may have none.
 */
export async function builtAddonPath(suite: Mocha.Context): Promise<string> {
  suite.timeout(0);
  built ??= (async () => ({ path: process.env.NATIVE_ADDON ?? (await buildAddon()) }))().catch((error: unknown) => {
    if (error instanceof NativeBuildError && !error.message.includes("failed")) return { missing: error.message };
    throw error;
  });
  const found = await built;
  if ("path" in found) return found.path;
  console.warn(`native prover not tested: ${found.missing}`);
  return suite.skip();
}

/** The addon in this process. @see builtAddonPath */
export const builtAddon = async (suite: Mocha.Context): Promise<Addon> => loadAddon(await builtAddonPath(suite));
