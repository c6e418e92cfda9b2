/**
 * The tables that contracts/exit/Poseidon.sol computes with: circomlib's constants, from the circomlibjs that the model hashes with.
 * They are made when they are needed and never committed; contracts/exit/PoseidonTable.sol knows their digests.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** An address holds 24,576 bytes of code, of which the first is a STOP. */
const WORDS_PER_PAGE = 767;
const FULL_ROUNDS = 8;
const FIRST_WIDTH = 2; // of the lists in circomlib

const word = z
  .string()
  .regex(/^0x[0-9a-f]+$/)
  .transform(BigInt);
const words = z.array(word);
const schema = z.object({
  C: z.array(words),
  M: z.array(z.array(words)),
  P: z.array(z.array(words)),
  S: z.array(words),
});

/** A width that the library has no constants for. */
export class PoseidonWidthError extends RangeError {
  override readonly name = "PoseidonWidthError";
  readonly code = "POSEIDON_WIDTH";
}

let constants: z.infer<typeof schema> | undefined;

function readConstants(): z.infer<typeof schema> {
  const file = new URL("src/poseidon_constants_opt.json", import.meta.resolve("circomlibjs"));
  constants ??= schema.parse(JSON.parse(readFileSync(file, "utf8")));
  return constants;
}

/**
 * The words of one width in the order of their use. @see contracts/exit/PoseidonTable.sol for the layout
 * @param width inputs and one
 * @throws {PoseidonWidthError} when there are no constants of the width
 */
export function poseidonTable(width: number): readonly bigint[] {
  const { C, M, P, S } = readConstants();
  const at = width - FIRST_WIDTH;
  const [c, m, p, s] = [C[at], M[at], P[at], S[at]];
  if (c === undefined || m === undefined || p === undefined || s === undefined)
    throw new PoseidonWidthError(`there are no constants of width ${width}`);
  const partialStart = (FULL_ROUNDS / 2 + 1) * width;
  const partialRounds = s.length / (2 * width - 1);
  const partial = Array.from({ length: partialRounds }, (_, round) => {
    const factors = s.slice((2 * width - 1) * round, (2 * width - 1) * (round + 1));
    const pairs = factors.slice(1, width).flatMap((factor, j) => [factor, factors[width + j] ?? 0n]);
    return [c[partialStart + round] ?? 0n, factors[0] ?? 0n, ...pairs];
  });
  return [
    ...transposed(m).flat(),
    ...transposed(p).flat(),
    ...c.slice(0, partialStart),
    ...partial.flat(),
    ...c.slice(partialStart + partialRounds),
    ...new Array<bigint>(width).fill(0n),
  ];
}

/** The table as the code of data contracts, "0x"-hex: each a STOP and up to 767 words. */
export function poseidonPages(width: number): readonly string[] {
  const table = poseidonTable(width);
  const pages = Array.from({ length: Math.ceil(table.length / WORDS_PER_PAGE) }, (_, page) =>
    table.slice(page * WORDS_PER_PAGE, (page + 1) * WORDS_PER_PAGE),
  );
  return pages.map((page) => `0x00${page.map(hex).join("")}`);
}

/** Init code that returns what it carries: PUSH2 size DUP1 PUSH1 10 RETURNDATASIZE CODECOPY RETURNDATASIZE RETURN. */
export function initCodeOf(page: string): string {
  const bytes = ((page.length - 2) / 2).toString(16).padStart(4, "0");
  return `0x61${bytes}80600a3d393df3${page.slice(2)}`;
}

function transposed(matrix: readonly (readonly bigint[])[]): readonly (readonly bigint[])[] {
  return matrix.map((_, row) => matrix.map((column) => column[row] ?? 0n));
}

function hex(value: bigint): string {
  return value.toString(16).padStart(64, "0");
}
