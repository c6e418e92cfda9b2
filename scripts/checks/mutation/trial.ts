import { readFileSync } from "node:fs";
import type { Measurement } from "../coverage/measure.ts";
import { errorsOf } from "../solidity/compile.ts";
import { contractFiles, dependentsOf } from "../solidity/contractFiles.ts";
import { compileEach, type Refused } from "../solidity/pipelines.ts";
import type { Sandbox } from "../solidity/sandbox.ts";
import { NoResult, type TestProcess } from "../solidity/testProcess.ts";
import { applyMutant, type Mutant } from "./operators.ts";

export type Verdict =
  | { readonly kind: "killed"; readonly by: string }
  | { readonly kind: "survived" }
  | { readonly kind: "stillborn" };

/** Everything that trials share. */
export interface Ground {
  readonly refused: Refused;
  readonly coverage: Pick<Measurement, "points" | "testsOf" | "passed">;
  /** Longest that all tests may take, milliseconds. */
  readonly limitMs: number;
}

/** Compiles a mutant and runs first the tests that reach it, then all others, until one fails. A hang counts as noticed. */
export async function tryMutant(
  mutant: Mutant,
  { refused, coverage, limitMs }: Ground,
  sandbox: Sandbox,
  worker: TestProcess,
): Promise<Verdict> {
  const files = contractFiles();
  const changed = applyMutant(readFileSync(mutant.file, "utf8"), mutant);
  const dependents = dependentsOf(mutant.file, files);
  const output = compileEach(dependents, { [mutant.file]: changed }, refused);
  if (errorsOf(output).length > 0) return { kind: "stillborn" };

  sandbox.install(output.contracts);
  try {
    const near = testsNear(mutant, coverage);
    const far = coverage.passed.filter((title) => !near.includes(title));
    for (const titles of [near, far]) {
      if (titles.length === 0) continue;
      const { failed } = await worker.run({ titles, bail: true }, limitMs);
      const [first] = failed;
      if (first !== undefined) return { kind: "killed", by: first.title };
    }
    return { kind: "survived" };
  } catch (error) {
    if (error instanceof NoResult) return { kind: "killed", by: error.message };
    throw error;
  } finally {
    sandbox.install(compileEach(dependents, {}, refused).contracts);
  }
}

/** Tests that reached the statement or condition that the mutant lies in. */
function testsNear({ file, start, end }: Mutant, { points, testsOf, passed }: Ground["coverage"]): readonly string[] {
  const around = points.filter((point) => point.file === file && point.start <= start && end <= point.end);
  const narrowest = Math.min(...around.map((point) => point.end - point.start));
  const tags = around.filter((point) => point.end - point.start === narrowest).map(({ tag }) => tag);
  const titles = new Set(tags.flatMap((tag) => [...(testsOf.get(tag) ?? [])]));
  return passed.filter((title) => titles.has(title));
}
