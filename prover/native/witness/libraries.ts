import { readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { digest, OUTPUT, SOURCES } from "../builtAddon.ts";

const here = dirname(fileURLToPath(import.meta.url));
/** Headers that every library is compiled with. */
export const RUNTIME = join(here, "runtime");
/** What the runtime takes from the addon's own sources. */
const SHARED = ["bytes", "failure", "field", "invert", "limbs", "modulus", "multiply", "witnessAbi"];

/** Everything of ours that a library is made by. */
async function sourceDigest(): Promise<string> {
  const own = (folder: string, names: readonly string[]) => [...names].sort().map((name) => join(folder, name));
  const paths = [
    ...own(RUNTIME, await readdir(RUNTIME)),
    ...own(
      here,
      (await readdir(here)).filter((name) => name.endsWith(".ts")),
    ),
    ...SHARED.map((name) => join(SOURCES, `${name}.hpp`)),
  ];
  const texts = await Promise.all(paths.map((path) => readFile(path)));
  return digest(...texts);
}

/** `sanitized` needs the sanitizers' runtime preloaded. */
export type LibraryKind = "release" | "sanitized";

/** How the names of a circuit's libraries of a kind begin, whatever made them. */
const circuitPrefix = (wasmSha256: string, kind: LibraryKind): string =>
  `witness-${kind}-${wasmSha256.toLowerCase().replace(/^0x/, "").slice(0, 16)}-`;

/**
 * How the name of a library begins: its kind, the circuit, by the digest of its wasm, today's sources, and what compiled them. Its
 * content's digest ends the name.
 * @param toolchain the compiler's version and flags; left out, the name of every toolchain's library begins so
 */
export async function libraryPrefix(
  wasmSha256: string,
  kind: LibraryKind = "release",
  toolchain?: readonly string[],
): Promise<string> {
  const ofSources = `${circuitPrefix(wasmSha256, kind)}${await sourceDigest()}-`;
  return toolchain === undefined ? ofSources : `${ofSources}${digest(toolchain.join("\0"))}-`;
}

/**
 * A library whose name begins so. Runs no compiler; a damaged file is passed over, since loading it could end the process.
 * @returns its path; null when there is none
 */
export async function findLibrary(prefix: string): Promise<string | null> {
  const names = await readdir(OUTPUT).catch(() => []); // never built
  for (const name of names.filter((each) => each.startsWith(prefix)).sort()) {
    const path = join(OUTPUT, name);
    const content = await readFile(path).catch(() => ""); // removed meanwhile
    if (name.endsWith(`-${digest(content)}.so`)) return path;
  }
  return null;
}

/** The library of the circuit whose wasm has this SHA-256, hex, built from today's sources; null when there is none. */
export async function findWitnessLibrary(wasmSha256: string): Promise<string | null> {
  return libraryPrefix(wasmSha256).then(findLibrary, () => null); // sources that cannot be read were not built either
}

/** Moves a finished library to its place, whole or not at all, and removes the circuit's older ones. @returns its path there */
export async function keepLibrary(
  linked: string,
  prefix: string,
  of: { readonly wasmSha256: string; readonly kind: LibraryKind },
): Promise<string> {
  const kept = `${prefix}${digest(await readFile(linked))}.so`;
  await rename(linked, join(OUTPUT, kept));
  for (const name of await readdir(OUTPUT)) {
    const stale = name.startsWith(circuitPrefix(of.wasmSha256, of.kind)) && name !== kept;
    if (stale) await rm(join(OUTPUT, name), { force: true });
  }
  return join(OUTPUT, kept);
}
