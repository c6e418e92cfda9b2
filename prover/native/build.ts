/** `node scripts/run.mjs prover/native/build.ts`: compiles the addon with a C++20 compiler and Node's headers, nothing else. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { alone } from "./alone.ts";
import { compilerName, findHeaders, NativeBuildError } from "./toolchain.ts";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const SOURCES = join(here, "src");
const OUTPUT = join(here, "..", "..", "build", "native");

const COMMON = ["-std=c++20", "-fPIC", "-fvisibility=hidden", "-pthread", "-Wall", "-Wextra"];
const KNOWN_FALSE_ALARMS = ["-Wno-uninitialized", "-Wno-maybe-uninitialized"]; // inside g++ 12's own immintrin.h
const FLAGS = {
  release: ["-O3", "-g0"],
  sanitized: ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"],
} as const;

/** `sanitized` needs the sanitizers' runtime preloaded. */
export type BuildKind = keyof typeof FLAGS;

async function digestOf(parts: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(parts.join("\0"));
  for (const name of (await readdir(SOURCES)).sort()) hash.update(name).update(await readFile(join(SOURCES, name)));
  return hash.digest("hex").slice(0, 16);
}

async function compile(compiler: string, compilerArguments: readonly string[]): Promise<void> {
  try {
    await run(compiler, compilerArguments, { maxBuffer: 1 << 24 });
  } catch (error) {
    throw new NativeBuildError(`${compiler} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Builds the addon, or finds it built from the same sources, flags and compiler.
 * @returns the path of the addon
 * @throws {NativeBuildError} without compiler or headers, or when the compiler refuses
 */
export async function buildAddon(kind: BuildKind = "release"): Promise<string> {
  const compiler = compilerName();
  const version = await run(compiler, ["--version"]).catch(() => {
    throw new NativeBuildError(`there is no C++ compiler '${compiler}'; Debian has one in g++`);
  });
  const flags = [...COMMON, ...KNOWN_FALSE_ALARMS, ...FLAGS[kind], `-I${await findHeaders()}`];
  const addon = join(OUTPUT, `homeostat-${kind}-${await digestOf([version.stdout, ...flags])}.node`);
  const exists = (): Promise<boolean> =>
    access(addon).then(
      () => true,
      () => false,
    );
  if (await exists()) return addon;
  return alone(OUTPUT, async () => {
    if (!(await exists())) await buildInto(addon, compiler, flags, kind);
    return addon;
  });
}

async function buildInto(addon: string, compiler: string, flags: readonly string[], kind: BuildKind): Promise<void> {
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
    await rename(linked, addon); // whole or not at all
    for (const name of await readdir(OUTPUT)) {
      const stale = name.startsWith(`homeostat-${kind}-`) && join(OUTPUT, name) !== addon;
      if (stale) await rm(join(OUTPUT, name), { force: true });
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildAddon());
