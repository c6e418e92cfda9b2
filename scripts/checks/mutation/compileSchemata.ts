import { readFileSync } from "node:fs";
import { compile, errorsOf, type Output } from "../solidity/compile.ts";
import { contractFiles } from "../solidity/contractFiles.ts";
import { compileEach, type Refused, refusedFiles } from "../solidity/pipelines.ts";
import { parse } from "../solidity/syntax.ts";
import type { Mutant } from "./operators.ts";
import { numberAt, schematise } from "./schemata.ts";
import { SWITCH_FILE, SWITCH_SOURCE } from "./switch.ts";

/** Contracts that hold all mutants which can be switched, compiled once. */
export interface CompiledSchemata {
  readonly contracts: Output["contracts"];
  readonly numberOf: ReadonlyMap<Mutant, number>;
  /** What does not type-check. */
  readonly stillborn: ReadonlySet<Mutant>;
}

/** @throws {Error} when the schemata do not compile for another reason than a mutant in them */
export function compileSchemata(mutants: readonly Mutant[], refused: Refused): CompiledSchemata {
  const stillborn = new Set<Mutant>();
  for (;;) {
    const { replaced, numbered } = textsOf(mutants.filter((mutant) => !stillborn.has(mutant)));
    const found = misfits(replaced);
    if (found.size > 0) {
      for (const number of found) stillborn.add(numbered.get(number) as Mutant); // numbers come from the same texts
      continue;
    }
    const output = compileAll(replaced, refused);
    const [error] = errorsOf(output);
    if (error !== undefined) throw new Error(error);
    return {
      contracts: output.contracts,
      stillborn,
      numberOf: new Map([...numbered].map(([number, mutant]) => [mutant, number])),
    };
  }
}

/** In the pipelines that the contracts need as they are; only when those refuse are they chosen anew. */
function compileAll(replaced: Readonly<Record<string, string>>, refused: Refused): Output {
  const output = compileEach(contractFiles(), replaced, refused);
  return errorsOf(output).length === 0 ? output : compileEach(contractFiles(), replaced, refusedFiles(replaced));
}

function textsOf(mutants: readonly Mutant[]) {
  const files = [...new Set(mutants.map(({ file }) => file))].sort();
  const trees = parse(files);
  const replaced: Record<string, string> = { [SWITCH_FILE]: SWITCH_SOURCE };
  const numbered = new Map<number, Mutant>();
  let next = 1;
  for (const file of files) {
    const tree = trees[file]?.ast;
    if (tree === undefined) throw new Error(`${file} has no tree`);
    const own = mutants.filter((mutant) => mutant.file === file);
    const schemata = schematise(readFileSync(file, "utf8"), tree, own, next);
    for (const [number, mutant] of schemata.numbered) numbered.set(number, mutant);
    replaced[file] = schemata.text;
    next = schemata.nextNumber;
  }
  return { replaced, numbered };
}

/** Numbers of the mutants that do not type-check. */
function misfits(replaced: Readonly<Record<string, string>>): ReadonlySet<number> {
  const { errors } = compile({ files: contractFiles(), replaced, settings: {}, outputs: { "*": { "": ["ast"] } } });
  const numbers = new Set<number>();
  for (const { severity, sourceLocation, formattedMessage } of errors) {
    if (severity !== "error") continue;
    const text = replaced[sourceLocation?.file ?? ""];
    const number = text === undefined ? undefined : numberAt(text, sourceLocation?.start ?? 0);
    if (number === undefined) throw new Error(formattedMessage);
    numbers.add(number);
  }
  return numbers;
}
