import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
/** The addon's C++. */
export const SOURCES = join(here, "src");
/** Where addons are built. */
export const OUTPUT = join(here, "..", "..", "build", "native");

const DIGEST_DIGITS = 16;
const short = (hash: ReturnType<typeof createHash>): string => hash.digest("hex").slice(0, DIGEST_DIGITS);

/** How the names of addons begin that are built from today's sources: found again without asking a compiler. */
export async function addonPrefix(kind: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(SOURCES)).sort()) hash.update(name).update(await readFile(join(SOURCES, name)));
  return `homeostat-${kind}-${short(hash)}-`;
}

/** The file name of an addon by its sources and by what compiled them: the compiler's version and flags. */
export async function addonName(kind: string, toolchain: readonly string[]): Promise<string> {
  return `${await addonPrefix(kind)}${short(createHash("sha256").update(toolchain.join("\0")))}.node`;
}

/**
 * The addon that was built from today's sources. Runs no compiler and builds nothing.
 * @returns its path; null when there is none
 */
export async function findBuiltAddon(): Promise<string | null> {
  const names = await readdir(OUTPUT).catch(() => []); // never built
  const prefix = await addonPrefix("release");
  const name = names.sort().find((each) => each.startsWith(prefix) && each.endsWith(".node"));
  return name === undefined ? null : join(OUTPUT, name);
}
