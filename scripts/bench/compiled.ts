import { join, resolve } from "node:path";
import { compileCircuit, findCompiler, LIBRARIES } from "../circuits/compiler.ts";
import { canonicalJson, sha256 } from "../circuits/digest.ts";
import { readConstraintCounts } from "../circuits/r1cs.ts";
import { readSources } from "../circuits/sources.ts";
import { buildStage } from "../circuits/stageCache.ts";

/**
 * Constraints of a main circuit at -O2, as the compiler wrote them; compiled once for the same sources.
 * @param main path from the project root
 */
export async function constraintsOf(main: string, say: (line: string) => void): Promise<number> {
  const root = resolve(".");
  const compiler = await findCompiler(root);
  const { name, version, options } = compiler;
  const sources = await readSources(root, main, LIBRARIES);
  const inputs = sha256(canonicalJson({ main, sources, compiler: { name, version, options } }));
  const base = main.replace(/^.*\/|\.circom$/g, "");
  const stage = await buildStage(join(root, "build", "bench", base), "compiled", inputs, async (temporary) => {
    say(`compiling ${main}`);
    await compileCircuit(compiler, root, main, temporary);
  });
  return readConstraintCounts(join(stage.directory, `${base}.r1cs`)).constraints;
}
