import { bitsOf } from "../../verifier/model/arithmetic.ts";

const ROUND_BITS = 40n;

/** Oracle round that the engine wrote into an operation's words: the round in force when it was logged. */
export const roundOf = (words: readonly bigint[]): number => Number(bitsOf(words[2] ?? 0n, 0n, ROUND_BITS));
