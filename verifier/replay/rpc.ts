/** JSON-RPC answers, parsed once and strictly. Whatever does not parse is a reason not to decide. */
import { z } from "zod";
import { CouldNotCheckError } from "../check/verdict.ts";
import { transactionHash } from "./transactionHash.ts";

/** Any JSON-RPC endpoint: ethers' JsonRpcProvider, Hardhat's provider, or a transport of one's own. */
export interface RpcProvider {
  send(method: string, params: unknown[]): Promise<unknown>;
}

const hash = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/i)
  .toLowerCase();
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/i)
  .toLowerCase();
const bytes = z
  .string()
  .regex(/^0x([0-9a-f]{2})*$/i)
  .toLowerCase();
const quantity = z
  .string()
  .regex(/^0x[0-9a-f]{1,64}$/i)
  .transform(BigInt);
const count = quantity.refine((value) => value < 2n ** 53n).transform(Number);

const blockSchema = z.object({ number: count, hash, timestamp: quantity });
const logSchema = z.object({
  address,
  topics: z.array(hash),
  data: bytes,
  blockNumber: count,
  blockHash: hash,
  transactionHash: hash,
  logIndex: count,
});
const transactionSchema = z
  .looseObject({ hash, to: address.nullable(), input: bytes, blockHash: hash })
  .transform((answer) => ({ ...answer, derivedHash: transactionHash(answer) }));
const receiptSchema = z.object({ transactionHash: hash, status: count, blockHash: hash, logs: z.array(logSchema) });

export type RpcBlock = z.infer<typeof blockSchema>;
export type RpcLog = z.infer<typeof logSchema>;
export type RpcTransaction = z.infer<typeof transactionSchema>;
export type RpcReceipt = z.infer<typeof receiptSchema>;

export interface Rpc {
  chainId(): Promise<bigint>;
  headNumber(): Promise<number>;
  block(number: number): Promise<RpcBlock>;
  /** Both ends included. */
  logs(filter: { readonly address: string; readonly from: number; readonly to: number }): Promise<readonly RpcLog[]>;
  transaction(hash: string): Promise<RpcTransaction>;
  receipt(hash: string): Promise<RpcReceipt>;
  call(to: string, input: string, block: number): Promise<string>;
  code(at: string, block: number): Promise<string>;
  storage(at: string, slot: bigint, block: number): Promise<bigint>;
}

/** @throws {CouldNotCheckError} from every method, when the call fails or the answer has another shape */
export function createRpc(provider: RpcProvider): Rpc {
  async function ask<T>(schema: z.ZodType<T>, method: string, ...params: unknown[]): Promise<T> {
    let answer: unknown;
    try {
      answer = await provider.send(method, params);
    } catch (cause) {
      throw new CouldNotCheckError(`${method} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new CouldNotCheckError(
      `${method} gave an answer of another shape: ${issue?.path.join(".")} ${issue?.message}`,
    );
  }
  return {
    chainId: () => ask(quantity, "eth_chainId"),
    headNumber: () => ask(count, "eth_blockNumber"),
    block: (number) => ask(blockSchema, "eth_getBlockByNumber", hex(number), false),
    logs: ({ address: at, from, to }) =>
      ask(z.array(logSchema), "eth_getLogs", { address: at, fromBlock: hex(from), toBlock: hex(to) }),
    transaction: (of) => ask(transactionSchema, "eth_getTransactionByHash", of),
    receipt: (of) => ask(receiptSchema, "eth_getTransactionReceipt", of),
    call: (to, input, block) => ask(bytes, "eth_call", { to, data: input }, hex(block)),
    code: (at, block) => ask(bytes, "eth_getCode", at, hex(block)),
    storage: (at, slot, block) =>
      ask(quantity, "eth_getStorageAt", at, `0x${slot.toString(16).padStart(64, "0")}`, hex(block)),
  };
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
