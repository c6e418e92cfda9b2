import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { ProcessFailedError, runProcess } from "./runProcess.ts";

/** What decides, together with the sources, the bytes of the compiled circuit. */
export interface CompilerDescription {
  readonly name: string;
  readonly version: string;
  readonly options: readonly string[];
}

export interface Compiler extends CompilerDescription {
  readonly file: string;
  /** Arguments before the compiler's own. */
  readonly leading: readonly string[];
}

/** Include directories, relative to the project root. circom2 sees only what lies below its working directory. */
export const LIBRARIES: readonly string[] = ["node_modules"];

/** O2 halves constraints and key against the default, O1. */
const OPTIONS: readonly string[] = ["--r1cs", "--wasm", "--sym", "--O2"];

/**
 * The compiler in use: circom2 from npm, or the native one that the environment variable CIRCOM names.
 * @throws {ProcessFailedError} when CIRCOM is set and cannot be run
 */
export async function findCompiler(root: string, native: string | undefined = process.env.CIRCOM): Promise<Compiler> {
  if (native !== undefined && native !== "") {
    const said = await runProcess(`CIRCOM=${native}`, native, ["--version"], { cwd: root });
    const version = /(\d+\.\d+\.\d+)/.exec(said)?.[1];
    if (version === undefined) throw new ProcessFailedError(`CIRCOM=${native}`, "named no version", said);
    return { name: "circom", version, options: OPTIONS, file: native, leading: [] };
  }
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve("circom2")), "cli.js");
  const { version } = JSON.parse(await readFile(join(dirname(cli), "package.json"), "utf8")) as { version: string };
  return { name: "circom2", version, options: OPTIONS, file: process.execPath, leading: [cli] };
}

/**
 * Compiles a circuit in a child process into `<name>.r1cs`, `.wasm` and `.sym`.
 * @param main main file, relative to the root; its name without extension is the name of the outputs
 * @param directory where the outputs go; below the root
 * @throws {ProcessFailedError} with the compiler's own words
 */
export async function compileCircuit(
  compiler: Compiler,
  root: string,
  main: string,
  directory: string,
  signal?: AbortSignal,
): Promise<void> {
  const name = basename(main, ".circom");
  const libraries = LIBRARIES.filter((library) => existsSync(join(root, library))).flatMap((library) => [
    "-l",
    library,
  ]);
  const args = [...compiler.leading, main, ...compiler.options, ...libraries, "-o", relative(root, directory)];
  const said = await runProcess(`compiling ${main}`, compiler.file, args, { cwd: root, signal });
  const program = join(directory, `${name}_js`);
  const wasm = join(program, `${name}.wasm`);
  if (!existsSync(wasm)) throw new ProcessFailedError(`compiling ${main}`, "made no output", said); // circom2 may end with 0
  await rename(wasm, join(directory, `${name}.wasm`));
  await rm(program, { recursive: true });
}
