import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { contractFiles } from "../solidity/contractFiles.ts";
import { parse } from "../solidity/syntax.ts";
import { type Mutant, mutantsOf } from "./operators.ts";

const NOT_MUTATED = /^contracts\/(mocks|interfaces|testing|examples)\//;

/** Every mutant of the contracts that guard money. @param part of the path, "" for all */
export function allMutants(part: string): readonly Mutant[] {
  const files = contractFiles().filter((file) => !NOT_MUTATED.test(file) && file.includes(part));
  const trees = parse(files);
  return files.flatMap((file) => {
    const tree = trees[file]?.ast;
    if (tree === undefined) throw new Error(`${file} has no tree`);
    return mutantsOf(file, readFileSync(file, "utf8"), tree);
  });
}

/** `count` of them, the same for the same seed whatever is edited on other lines, in random order. */
export function sampleOf(mutants: readonly Mutant[], count: number, seed: string): readonly Mutant[] {
  const rank = ({ file, text, change, put }: Mutant) =>
    createHash("sha256").update(`${seed} ${file} ${text} ${change} ${put}`).digest("hex");
  return mutants
    .map((mutant) => ({ mutant, key: rank(mutant) }))
    .sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}
