import { basename, join } from "node:path";
import { type Compiler, type CompilerDescription, compileCircuit, LIBRARIES } from "./compiler.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { type ConstraintCounts, readConstraintCounts } from "./r1cs.ts";
import { readSources } from "./sources.ts";
import { buildStage, recordOf, type Stage } from "./stageCache.ts";

/** What a step of a circuit's build needs to know. */
export interface StepRequest {
  /** Project root. */
  readonly root: string;
  /** Main file, relative to the root. */
  readonly main: string;
  /** Where the circuit's stages are kept; below the root. */
  readonly directory: string;
  readonly compiler: Compiler;
  /** One line for people. */
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface CompiledCircuit {
  readonly stage: Stage;
  /** Name of the main file without its extension: the outputs are `<base>.r1cs`, `.wasm` and `.sym`. */
  readonly base: string;
  /** sha256 by path, of the main file and of all that it includes. */
  readonly sources: Readonly<Record<string, string>>;
  readonly compiler: CompilerDescription;
  readonly r1csPath: string;
  readonly r1csSha256: string;
  readonly counts: ConstraintCounts;
}

/** Seconds since a time of `performance.now()`, with one decimal. */
export const secondsSince = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A main circuit compiled: once for the same sources, compiler and options. */
export async function compileStep({
  root,
  main,
  directory,
  compiler,
  say,
  signal,
}: StepRequest): Promise<CompiledCircuit> {
  const { name, version, options } = compiler;
  const base = basename(main, ".circom");
  const sources = await readSources(root, main, LIBRARIES);
  const inputs = sha256(canonicalJson({ main, sources, compiler: { name, version, options } }));
  const stage = await buildStage(directory, "compiled", inputs, async (temporary) => {
    const started = performance.now();
    say(`compiling ${main} with ${name} ${version}; a minute for 200,000 constraints`);
    await compileCircuit(compiler, root, main, temporary, signal);
    say(`compiled in ${secondsSince(started)}`);
  });
  const r1csPath = join(stage.directory, `${base}.r1cs`);
  return {
    stage,
    base,
    sources,
    compiler: { name, version, options },
    r1csPath,
    r1csSha256: recordOf(stage, `${base}.r1cs`).sha256,
    counts: readConstraintCounts(r1csPath),
  };
}
