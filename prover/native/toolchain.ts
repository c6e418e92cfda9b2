import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ProverError } from "../errors.ts";

/** The addon cannot be built or loaded on this machine. */
export class NativeBuildError extends ProverError {
  override readonly name = "NativeBuildError";
  readonly code = "NATIVE_BUILD";
}

/** The C++ compiler: `$CXX`, or g++. */
export const compilerName = (): string => process.env.CXX ?? "g++";

const run = promisify(execFile);

/**
 * What the compiler says of itself.
 * @throws {NativeBuildError} when there is none
 */
export async function compilerVersion(): Promise<string> {
  const compiler = compilerName();
  const said = await run(compiler, ["--version"]).catch(() => {
    throw new NativeBuildError(`there is no C++ compiler '${compiler}'; Debian has one in g++`);
  });
  return said.stdout;
}

/** @throws {NativeBuildError} with the compiler's own words */
export async function compile(compiler: string, compilerArguments: readonly string[]): Promise<void> {
  try {
    await run(compiler, compilerArguments, { maxBuffer: 1 << 24 });
  } catch (error) {
    throw new NativeBuildError(`${compiler} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where Node-API's headers may lie. Its binary interface does not change between versions of Node, so any version's do. */
function headerPlaces(): readonly string[] {
  const beside = join(dirname(dirname(process.execPath)), "include", "node");
  const cached = join(homedir(), ".cache", "node-gyp", process.versions.node, "include", "node");
  return [beside, "/usr/include/node", "/usr/local/include/node", cached];
}

/**
 * The folder with node_api.h.
 * @throws {NativeBuildError} when there is none
 */
export async function findHeaders(): Promise<string> {
  for (const place of headerPlaces()) {
    const found = await access(join(place, "node_api.h")).then(
      () => true,
      () => false,
    );
    if (found) return place;
  }
  throw new NativeBuildError(`node_api.h is in none of ${headerPlaces().join(", ")}; Debian has it in libnode-dev`);
}
