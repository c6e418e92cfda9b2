/**
 * `npm run build:native [-- --profile NAME]`: compiles the addon, and the witness libraries of a profile's circuits ("dev" by
 * default), with a C++20 compiler and Node's headers, nothing else.
 */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { alone } from "./alone.ts";
import { addonPrefix, findBuiltAddon, keepAddon, OUTPUT, SOURCES } from "./builtAddon.ts";
import { compile, compilerName, compilerVersion, findHeaders } from "./toolchain.ts";
import { buildWitnessLibraries } from "./witness/build.ts";

const COMMON = ["-std=c++20", "-fPIC", "-fvisibility=hidden", "-pthread", "-Wall", "-Wextra"];
const KNOWN_FALSE_ALARMS = ["-Wno-uninitialized", "-Wno-maybe-uninitialized"]; // inside g++ 12's own immintrin.h
const FLAGS = {
  release: ["-O3", "-g0"],
  sanitized: ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"],
} as const;

/** `sanitized` needs the sanitizers' runtime preloaded. */
export type BuildKind = keyof typeof FLAGS;

/**
 * Builds the addon, or finds it built from the same sources, flags and compiler.
 * @returns the path of the addon
 * @throws {NativeBuildError} without compiler or headers, or when the compiler refuses
 */
export async function buildAddon(kind: BuildKind = "release"): Promise<string> {
  const compiler = compilerName();
  const version = await compilerVersion();
  const flags = [...COMMON, ...KNOWN_FALSE_ALARMS, ...FLAGS[kind], `-I${await findHeaders()}`];
  const prefix = await addonPrefix(kind, [version, ...flags]);
  const built = (): Promise<string | null> => findBuiltAddon(prefix);
  return (await built()) ?? alone(OUTPUT, async () => (await built()) ?? buildInto(prefix, compiler, flags, kind));
}

/** @returns the path of the addon */
async function buildInto(prefix: string, compiler: string, flags: readonly string[], kind: BuildKind): Promise<string> {
  const temporary = join(OUTPUT, `building-${process.pid}`);
  await mkdir(temporary, { recursive: true });
  try {
    const names = (await readdir(SOURCES)).filter((name) => name.endsWith(".cpp"));
    const objects = names.map((name) => join(temporary, `${name}.o`));
    for (const [index, name] of names.entries()) {
      await compile(compiler, [...flags, "-c", join(SOURCES, name), "-o", objects[index] ?? ""]);
    }
    const linked = join(temporary, "homeostat.node");
    await compile(compiler, [...flags, "-shared", ...objects, "-o", linked]);
    const addon = await keepAddon(linked, prefix);
    for (const name of await readdir(OUTPUT)) {
      const stale = name.startsWith(`homeostat-${kind}-`) && join(OUTPUT, name) !== addon;
      if (stale) await rm(join(OUTPUT, name), { force: true });
    }
    return addon;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { profile: { type: "string", default: "dev" } } });
  console.log(await buildAddon());
  for (const library of await buildWitnessLibraries(values.profile, console.log)) console.log(library);
}
