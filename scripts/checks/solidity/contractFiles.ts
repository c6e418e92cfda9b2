import { readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { sourceText } from "./compile.ts";

const NOT_OURS = ["generated"];

/** Every contract file of the project but generated verifiers, sorted. */
export function contractFiles(): readonly string[] {
  return readdirSync("contracts", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sol") && !NOT_OURS.includes(name.split(/[\\/]/)[0] ?? ""))
    .map((name) => join("contracts", name))
    .sort();
}

/** Files that a source imports, itself included, as the compiler names them. */
export function importsOf(file: string, known: Map<string, ReadonlySet<string>> = new Map()): ReadonlySet<string> {
  const found = known.get(file);
  if (found !== undefined) return found;
  const all = new Set([file]);
  known.set(file, all);
  for (const [, path = ""] of (sourceText(file) ?? "").matchAll(/^import [^"]*"([^"]+)";/gms)) {
    const name = path.startsWith(".") ? normalize(join(dirname(file), path)) : path;
    for (const further of importsOf(name, known)) all.add(further);
  }
  return all;
}

/** Files among `files` whose bytecode may change when `changed` does. */
export function dependentsOf(changed: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => importsOf(file).has(changed));
}
