import type { z } from "zod";
import {
  type BlockHeader,
  blockSchema,
  bytesSchema,
  type ChainLog,
  type ChainReceipt,
  type ChainTransaction,
  quantitySchema,
  receiptSchema,
  transactionSchema,
} from "./answers.ts";
import { readBlockLogs } from "./blockLogs.ts";
import { classifyingTransport, DEFAULT_RETRY, type RetryPolicy, retrying } from "./retry.ts";
import { RpcContradictionError } from "./rpcErrors.ts";
import type { Transport } from "./transport.ts";

/** A call's sender, target and calldata, and the wei that it sends, "0x"-hex. */
export interface ChainCall {
  readonly from?: string;
  readonly to: string;
  readonly data: string;
  readonly value?: string;
}
/** A block to read at: its hash, or the node's newest. */
export type BlockReference = { readonly blockHash: string } | "latest";

/** Typed chain access: every answer is parsed, checked against the question, and retried by family. */
export interface ChainClient {
  chainId(signal?: AbortSignal): Promise<bigint>;
  headNumber(signal?: AbortSignal): Promise<number>;
  /** @returns null when the node does not have the block */
  blockByNumber(number: number | "latest", signal?: AbortSignal): Promise<BlockHeader | null>;
  blockByHash(hash: string, signal?: AbortSignal): Promise<BlockHeader | null>;
  /** Logs of exactly this block, in order, of these addresses. */
  logsOf(block: BlockHeader, addresses: readonly string[], signal?: AbortSignal): Promise<readonly ChainLog[]>;
  call(call: ChainCall, at: BlockReference, signal?: AbortSignal): Promise<string>;
  estimateGas(call: ChainCall, signal?: AbortSignal): Promise<bigint>;
  balanceOf(address: string, signal?: AbortSignal): Promise<bigint>;
  nonceOf(address: string, at: "latest" | "pending", signal?: AbortSignal): Promise<number>;
  transaction(hash: string, signal?: AbortSignal): Promise<ChainTransaction | null>;
  receipt(hash: string, signal?: AbortSignal): Promise<ChainReceipt | null>;
  /** Broadcasts once, without retry: a lost reply is the submitter's business. */
  broadcast(rawTransaction: string, signal?: AbortSignal): Promise<void>;
}

const hex = (value: number): string => `0x${value.toString(16)}`;

/** A chain client over a transport. */
export function createChainClient(transport: Transport, policy: RetryPolicy = DEFAULT_RETRY): ChainClient {
  const once = classifyingTransport(transport);

  async function ask<S extends z.ZodType>(
    schema: S,
    method: string,
    params: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<z.infer<S>> {
    return retrying(
      async () => {
        const answer = schema.safeParse(await once.send(method, params, signal));
        if (!answer.success) throw new RpcContradictionError(method, answer.error.issues[0]?.message ?? "bad shape");
        return answer.data;
      },
      policy,
      signal,
    );
  }
  const place = (at: BlockReference): unknown =>
    at === "latest" ? at : { blockHash: at.blockHash, requireCanonical: true };

  return {
    chainId: (signal) => ask(quantitySchema, "eth_chainId", [], signal),
    headNumber: async (signal) => Number(await ask(quantitySchema, "eth_blockNumber", [], signal)),
    async blockByNumber(number, signal) {
      const at = number === "latest" ? number : hex(number);
      const block = await ask(blockSchema.nullable(), "eth_getBlockByNumber", [at, false], signal);
      if (block !== null && number !== "latest" && block.number !== number) {
        throw new RpcContradictionError("eth_getBlockByNumber", `asked for ${number}, got ${block.number}`);
      }
      return block;
    },
    async blockByHash(hash, signal) {
      const block = await ask(blockSchema.nullable(), "eth_getBlockByHash", [hash, false], signal);
      if (block !== null && block.hash !== hash) throw new RpcContradictionError("eth_getBlockByHash", "another hash");
      return block;
    },
    logsOf: (block, addresses, signal) => retrying(() => readBlockLogs(once, block, addresses, signal), policy, signal),
    call: (call, at, signal) => ask(bytesSchema, "eth_call", [call, place(at)], signal),
    estimateGas: (call, signal) => ask(quantitySchema, "eth_estimateGas", [call], signal),
    balanceOf: (address, signal) => ask(quantitySchema, "eth_getBalance", [address, "latest"], signal),
    nonceOf: async (address, at, signal) =>
      Number(await ask(quantitySchema, "eth_getTransactionCount", [address, at], signal)),
    async transaction(hash, signal) {
      const found = await ask(transactionSchema.nullable(), "eth_getTransactionByHash", [hash], signal);
      if (found !== null && found.hash !== hash) {
        throw new RpcContradictionError("eth_getTransactionByHash", "another transaction");
      }
      return found;
    },
    async receipt(hash, signal) {
      const found = await ask(receiptSchema.nullable(), "eth_getTransactionReceipt", [hash], signal);
      if (found !== null && found.transactionHash !== hash) {
        throw new RpcContradictionError("eth_getTransactionReceipt", "another transaction");
      }
      return found;
    },
    async broadcast(rawTransaction, signal) {
      await once.send("eth_sendRawTransaction", [rawTransaction], signal);
    },
  };
}
