import { z } from "zod";

const WORD_LIMIT = 1n << 256n;

/** An integer as a JSON number, a decimal string or a 0x string; within 256 bits. */
export const integer = z
  .union([z.number().int(), z.string().regex(/^(-?[0-9]{1,78}|0x[0-9a-fA-F]{1,64})$/, "is a decimal or 0x integer")])
  .transform((value) => BigInt(value))
  .refine((value) => value > -WORD_LIMIT && value < WORD_LIMIT, "fits 256 bits");
/** An integer that is not negative. */
export const natural = integer.refine((value) => value >= 0n, "is not negative");
/** A JSON number in [low, high]. */
export const count = (low: number, high: number) => z.number().int().min(low).max(high);
