/** The logs of one contract, each checked against the block and the receipt that it claims to belong to. */
import { CouldNotCheckError } from "../check/verdict.ts";
import type { Rpc, RpcBlock, RpcLog, RpcReceipt } from "./rpc.ts";

/** Blocks asked for at once; public endpoints refuse more. */
const BLOCKS_AT_ONCE = 5_000;

/** Blocks and receipts already fetched; every answer is asked for once. */
export interface ChainCache {
  block(number: number): Promise<RpcBlock>;
  receipt(transaction: string): Promise<RpcReceipt>;
}

export function createCache(rpc: Rpc): ChainCache {
  const blocks = new Map<number, Promise<RpcBlock>>();
  const receipts = new Map<string, Promise<RpcReceipt>>();
  return {
    block: (number) => remembered(blocks, number, () => rpc.block(number)),
    receipt: (transaction) => remembered(receipts, transaction, () => rpc.receipt(transaction)),
  };
}

/**
 * All logs of a contract in chain order.
 * @throws {CouldNotCheckError} when a log's block, receipt or place contradicts it
 */
export async function readLogs(
  rpc: Rpc,
  cache: ChainCache,
  address: string,
  from: number,
  to: number,
): Promise<readonly RpcLog[]> {
  const logs: RpcLog[] = [];
  for (let start = from; start <= to; start += BLOCKS_AT_ONCE) {
    logs.push(...(await rpc.logs({ address, from: start, to: Math.min(to, start + BLOCKS_AT_ONCE - 1) })));
  }
  for (const [index, log] of logs.entries()) {
    await checkLog(cache, log, address, from, to);
    const previous = logs[index - 1];
    if (
      previous !== undefined &&
      previous.blockNumber * 2 ** 20 + previous.logIndex >= log.blockNumber * 2 ** 20 + log.logIndex
    ) {
      throw new CouldNotCheckError(`the logs of block ${log.blockNumber} come out of order or twice`);
    }
  }
  return logs;
}

/** A log must be of this contract, in the block of that number, in a receipt of that block, of a call that succeeded. */
async function checkLog(cache: ChainCache, log: RpcLog, address: string, from: number, to: number): Promise<void> {
  const refuse = (reason: string): never => {
    throw new CouldNotCheckError(`log ${log.logIndex} of block ${log.blockNumber}: ${reason}`);
  };
  if (log.address !== address || log.blockNumber < from || log.blockNumber > to) refuse("was not asked for");
  const block = await cache.block(log.blockNumber);
  if (block.number !== log.blockNumber || block.hash !== log.blockHash)
    refuse("the block of that number has another hash");
  const receipt = await cache.receipt(log.transactionHash);
  if (receipt.transactionHash !== log.transactionHash || receipt.blockHash !== log.blockHash)
    refuse("its receipt is of another block");
  if (receipt.status !== 1) refuse("its transaction failed");
  const own = receipt.logs.find(({ logIndex }) => logIndex === log.logIndex);
  if (own === undefined || JSON.stringify(own) !== JSON.stringify(log)) refuse("its receipt does not hold it");
}

/**
 * Logs that receipts hold and the list of logs left out.
 * @throws {CouldNotCheckError} when a receipt of these transactions has a log of the contract that is not in the list
 */
export async function checkComplete(cache: ChainCache, logs: readonly RpcLog[], address: string): Promise<void> {
  const listed = new Set(logs.map((log) => `${log.transactionHash}/${log.logIndex}`));
  for (const transaction of new Set(logs.map((log) => log.transactionHash))) {
    const receipt = await cache.receipt(transaction);
    const missing = receipt.logs.find(
      (log) => log.address === address && !listed.has(`${transaction}/${log.logIndex}`),
    );
    if (missing !== undefined)
      throw new CouldNotCheckError(
        `the list of logs leaves out log ${missing.logIndex} of block ${missing.blockNumber}`,
      );
  }
}

function remembered<K, V>(known: Map<K, Promise<V>>, key: K, ask: () => Promise<V>): Promise<V> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const answer = ask();
  known.set(key, answer);
  return answer;
}
