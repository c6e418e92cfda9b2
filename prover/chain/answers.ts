import { z } from "zod";

/** Schemas of the JSON-RPC answers that the prover reads, parsed once at the edge. Unknown members are dropped. */

const QUANTITY = /^0x(0|[1-9a-f][0-9a-f]*)$/i;

/** A JSON-RPC quantity below 2^53, as a number. */
const count = z
  .string()
  .regex(QUANTITY)
  .transform((text) => Number(text))
  .refine(Number.isSafeInteger);
/** A JSON-RPC quantity of any size. */
export const quantitySchema = z.string().regex(QUANTITY).transform(BigInt);
const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .transform((text) => text.toLowerCase());
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .transform((text) => text.toLowerCase());
/** Bytes as "0x"-hex, in lower case. */
export const bytesSchema = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/i)
  .transform((text) => text.toLowerCase());

export const blockSchema = z.object({
  number: count,
  hash,
  parentHash: hash,
  timestamp: count,
  logsBloom: z.string().regex(/^0x[0-9a-f]{512}$/i),
  baseFeePerGas: quantitySchema.optional(),
});
/** A block header as far as the prover reads it. `timestamp` in unix seconds, `baseFeePerGas` in wei. */
export type BlockHeader = z.infer<typeof blockSchema>;

export const logSchema = z.object({
  address,
  topics: z.array(hash),
  data: bytesSchema,
  blockNumber: count,
  blockHash: hash,
  transactionHash: hash,
  transactionIndex: count,
  logIndex: count,
  removed: z.boolean().optional(),
});
export type ChainLog = z.infer<typeof logSchema>;

export const transactionSchema = z.object({
  hash,
  nonce: count,
  from: address,
  to: address.nullable(),
  input: bytesSchema,
  blockHash: hash.nullable(),
  blockNumber: count.nullable(),
});
export type ChainTransaction = z.infer<typeof transactionSchema>;

export const receiptSchema = z.object({
  transactionHash: hash,
  blockHash: hash,
  blockNumber: count,
  status: count,
  gasUsed: quantitySchema,
  effectiveGasPrice: quantitySchema,
});
/** A receipt; `gasUsed` in gas, `effectiveGasPrice` in wei, `status` 1 for success. */
export type ChainReceipt = z.infer<typeof receiptSchema>;
