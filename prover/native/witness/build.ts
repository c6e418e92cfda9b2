import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { CIRCUITS, profileDirectory } from "../../../scripts/circuits/artefacts.ts";
import { type Compiler, findCompiler, LIBRARIES } from "../../../scripts/circuits/compiler.ts";
import { compileStep } from "../../../scripts/circuits/compileStep.ts";
import { ProcessFailedError, runProcess } from "../../../scripts/circuits/runProcess.ts";
import { recordOf } from "../../../scripts/circuits/stageCache.ts";
import { buildWitnessLibrary, type GeneratedCode } from "./buildLibrary.ts";
import type { LibraryKind } from "./libraries.ts";

/** Options that ask for an output of their own, of which only the C++ is wanted. */
const OUTPUTS: readonly string[] = ["--r1cs", "--wasm", "--sym"];

/**
 * Has circom write C++ with the options that the circuit's wasm was made with.
 * @param main main file, relative to the root
 * @param folder where to; below the root
 * @throws {ProcessFailedError} with circom's own words
 */
export async function generateCode(
  compiler: Compiler,
  root: string,
  main: string,
  folder: string,
): Promise<GeneratedCode> {
  const name = basename(main, ".circom");
  const base = name === "main" ? "main_c" : name; // circom's own main.cpp has the name
  const options = ["--c", ...compiler.options.filter((option) => !OUTPUTS.includes(option))];
  const libraries = LIBRARIES.flatMap((library) => ["-l", library]);
  const circomArguments = [...compiler.leading, main, ...options, ...libraries, "-o", relative(root, folder)];
  const said = await runProcess(`C++ for ${main}`, compiler.file, circomArguments, { cwd: root });
  const written = join(folder, `${base}_cpp`, base);
  if (!existsSync(`${written}.dat`)) throw new ProcessFailedError(`C++ for ${main}`, "made no output", said); // circom2 may end with 0
  return { cpp: await readFile(`${written}.cpp`, "latin1"), datPath: `${written}.dat` };
}

/** A main circuit to build a library for. */
export interface WitnessCircuit {
  /** Main file, relative to the project root. */
  readonly main: string;
  /** Where its compiled stages are kept. */
  readonly directory: string;
  readonly kind?: LibraryKind;
}

/** The witness library of a main circuit, which is compiled first where it is not yet. @returns its path */
export async function buildCircuitLibrary(circuit: WitnessCircuit, say: (line: string) => void): Promise<string> {
  const { main, directory, kind = "release" } = circuit;
  const root = resolve(".");
  const compiler = await findCompiler(root);
  const { stage, base } = await compileStep({ root, main, directory, compiler, say });
  return buildWitnessLibrary({
    wasmSha256: recordOf(stage, `${base}.wasm`).sha256,
    kind,
    async generate(folder) {
      say(`${base}: C++ for witnesses, about a minute of processor time`);
      return generateCode(compiler, root, main, folder);
    },
  });
}

/** The witness libraries of a profile's circuits. @returns their paths */
export async function buildWitnessLibraries(profile: string, say: (line: string) => void): Promise<string[]> {
  const built: string[] = [];
  for (const circuit of CIRCUITS) {
    const main = `circuits/main/${circuit}_${profile}.circom`;
    const directory = join(profileDirectory(resolve("."), profile), circuit);
    built.push(await buildCircuitLibrary({ main, directory }, say));
  }
  return built;
}
