import { mkdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { alone } from "../alone.ts";
import { OUTPUT } from "../builtAddon.ts";
import { compile, compilerName, compilerVersion } from "../toolchain.ts";
import { findLibrary, keepLibrary, type LibraryKind, libraryPrefix, RUNTIME } from "./libraries.ts";
import { type SourceFile, witnessSources } from "./program.ts";

const COMMON = ["-std=c++20", "-fPIC", "-fvisibility=hidden", "-fno-tree-slp-vectorize"];
const SANITIZED = ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"];
/** What runs once per process is compiled without care. */
const levelOf = (kind: LibraryKind, { optimise }: SourceFile): string =>
  kind === "release" && optimise ? "-O2" : "-O1";

/** What circom wrote for a circuit with --c. */
export interface GeneratedCode {
  readonly cpp: string;
  readonly datPath: string;
}

export interface LibraryRequest {
  /** SHA-256 of the circuit's wasm, hex: how the library is found. */
  readonly wasmSha256: string;
  readonly kind?: LibraryKind;
  /** Has circom write the code into a folder; asked only when the library is not there yet. */
  generate(folder: string): Promise<GeneratedCode>;
}

/**
 * Builds a circuit's witness library, or finds it built from the same sources, flags and compiler.
 * @returns its path
 * @throws {NativeBuildError} without compiler, or when it refuses
 * @throws {GeneratedTextError} when circom's C++ is not as this version knows it
 */
export async function buildWitnessLibrary(request: LibraryRequest): Promise<string> {
  const { wasmSha256, kind = "release" } = request;
  const flags = [...COMMON, ...(kind === "sanitized" ? SANITIZED : [])];
  const prefix = await libraryPrefix(wasmSha256, kind, [await compilerVersion(), ...flags]);
  const built = () => findLibrary(prefix);
  return (await built()) ?? alone(OUTPUT, async () => (await built()) ?? buildInto(prefix, flags, request));
}

async function buildInto(prefix: string, flags: readonly string[], request: LibraryRequest): Promise<string> {
  const { wasmSha256, kind = "release" } = request;
  const folder = join(OUTPUT, `building-witness-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    const { cpp, datPath } = await request.generate(folder);
    const sources = witnessSources(cpp, datPath, RUNTIME);
    for (const { name, text } of sources) await writeFile(join(folder, name), text);
    const units = sources
      .filter(({ name }) => name.endsWith(".cpp"))
      .map((source) => ({ source, path: join(folder, source.name) }));
    const waiting = units.values();
    const worker = async (): Promise<void> => {
      for (const { source, path } of waiting)
        await compile(compilerName(), [...flags, levelOf(kind, source), "-c", path, "-o", `${path}.o`]);
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    const linked = join(folder, "witness.so");
    await compile(compilerName(), [...flags, "-shared", ...units.map(({ path }) => `${path}.o`), "-o", linked]);
    return await keepLibrary(linked, prefix, { wasmSha256, kind });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
