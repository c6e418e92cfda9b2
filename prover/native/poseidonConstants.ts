import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { packWords } from "./words.ts";

/** circomlib's constants by width, as hexadecimal text: round constants, full matrix, the one before the partial rounds, sparse rows. */
interface Constants {
  readonly C: readonly (readonly string[])[];
  readonly M: readonly (readonly (readonly string[])[])[];
  readonly P: readonly (readonly (readonly string[])[])[];
  readonly S: readonly (readonly string[])[];
}

/** Reads circomlib's constants. @returns for a number of inputs, 1 to 16, what the addon's `poseidonTable` takes */
export function readPoseidonConstants(): (inputs: number) => Uint8Array {
  const library = createRequire(import.meta.url).resolve("circomlibjs");
  const path = join(dirname(library), "..", "src", "poseidon_constants_opt.json");
  const { C, M, P, S } = JSON.parse(readFileSync(path, "utf8")) as Constants; // a file of a pinned package
  return (inputs) => {
    const at = inputs - 1;
    return packWords([C[at] ?? [], (M[at] ?? []).flat(), (P[at] ?? []).flat(), S[at] ?? []].flat().map(BigInt));
  };
}
