import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize, relative } from "node:path";
import { sha256 } from "./digest.ts";

export class SourceMissingError extends Error {
  override readonly name = "SourceMissingError";
  readonly code = "SOURCE_MISSING";
  readonly source: string;
  constructor(source: string, includedBy: string | undefined) {
    super(`${source} does not exist${includedBy === undefined ? "" : ` (included by ${includedBy})`}`);
    this.source = source;
  }
}

/** Text between comment marks is no include; string literals with comment marks in them do not occur in include paths. */
function includesOf(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  return [...code.matchAll(/\binclude\s+"([^"]+)"/g)].map((match) => match[1] ?? "");
}

/**
 * A circuit's source files: the main file and everything that it includes, directly or not.
 * @param root project root
 * @param main path of the main file, relative to the root
 * @param libraries include directories, relative to the root
 * @returns sha256 by path relative to the root, sorted by path
 * @throws {SourceMissingError} when a file is not found
 */
export async function readSources(
  root: string,
  main: string,
  libraries: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const digests = new Map<string, string>();
  const tryRead = (path: string) => readFile(join(root, path), "utf8").catch(() => undefined);

  async function visit(candidates: readonly string[], wanted: string, includedBy: string | undefined): Promise<void> {
    for (const candidate of candidates) {
      const path = normalize(candidate);
      if (digests.has(path)) return;
      const text = await tryRead(path);
      if (text === undefined) continue;
      digests.set(path, sha256(text));
      for (const include of includesOf(text)) {
        if (isAbsolute(include)) throw new SourceMissingError(relative(root, include), path); // would differ by machine
        await visit(
          [dirname(path), ...libraries].map((directory) => join(directory, include)),
          include,
          path,
        );
      }
      return;
    }
    throw new SourceMissingError(wanted, includedBy);
  }

  await visit([main], main, undefined);
  return Object.fromEntries([...digests].sort(([left], [right]) => (left < right ? -1 : 1)));
}
