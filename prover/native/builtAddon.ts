import { createHash } from "node:crypto";
import { readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
/** The addon's C++. */
export const SOURCES = join(here, "src");
/** Where addons are built. */
export const OUTPUT = join(here, "..", "..", "build", "native");

const DIGEST_DIGITS = 16;
/** The beginning of the SHA-256 of parts, hex: names of built files are made of it. */
export const digest = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, DIGEST_DIGITS);
};

/**
 * How the name of an addon begins: its kind, and the digests of today's sources and of what compiled them. Its content's
 * digest ends the name.
 * @param toolchain the compiler's version and flags; left out, the name of every toolchain's addon begins so
 */
export async function addonPrefix(kind: string, toolchain?: readonly string[]): Promise<string> {
  const parts: (string | Uint8Array)[] = [];
  for (const name of (await readdir(SOURCES)).sort()) parts.push(name, await readFile(join(SOURCES, name)));
  const ofSources = `homeostat-${kind}-${digest(...parts)}-`;
  return toolchain === undefined ? ofSources : `${ofSources}${digest(toolchain.join("\0"))}-`;
}

/**
 * An addon whose name begins so; by default, one built from today's sources. Runs no compiler and builds nothing.
 * A damaged file is passed over: loading a truncated one would end the process.
 * @returns its path; null when there is none
 */
export async function findBuiltAddon(prefix?: string): Promise<string | null> {
  const begin = prefix ?? (await addonPrefix("release"));
  const names = await readdir(OUTPUT).catch(() => []); // never built
  for (const name of names.filter((each) => each.startsWith(begin)).sort()) {
    const path = join(OUTPUT, name);
    const content = await readFile(path).catch(() => ""); // removed meanwhile
    if (name.endsWith(`-${digest(content)}.node`)) return path;
  }
  return null;
}

/** Moves a finished addon to its place, whole or not at all. @returns its path there */
export async function keepAddon(linked: string, prefix: string): Promise<string> {
  const path = join(OUTPUT, `${prefix}${digest(await readFile(linked))}.node`);
  await rename(linked, path);
  return path;
}
