import { basename, join, resolve } from "node:path";
import { findCompiler } from "../circuits/compiler.ts";
import { type CompiledCircuit, compileStep } from "../circuits/compileStep.ts";

/** Where the stages of a main circuit are kept that only the benchmarks use. */
export const benchDirectory = (main: string): string => join(resolve("."), "build", "bench", basename(main, ".circom"));

/**
 * A main circuit at -O2, compiled once for the same sources.
 * @param main path from the project root
 */
export async function compiled(main: string, say: (line: string) => void): Promise<CompiledCircuit> {
  const root = resolve(".");
  return compileStep({ root, main, directory: benchDirectory(main), compiler: await findCompiler(root), say });
}

/** Constraints of a main circuit at -O2, as the compiler wrote them. */
export async function constraintsOf(main: string, say: (line: string) => void): Promise<number> {
  return (await compiled(main, say)).counts.constraints;
}
