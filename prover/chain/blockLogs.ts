import { z } from "zod";
import { type BlockHeader, type ChainLog, logSchema } from "./answers.ts";
import { bloomMayContain } from "./bloom.ts";
import { RpcContradictionError } from "./rpcErrors.ts";
import type { Transport } from "./transport.ts";

const METHOD = "eth_getLogs";

/**
 * The logs of exactly one block, by its hash, checked against that block before anything uses them.
 * @returns logs of the addresses in the order of their index; empty without a call when the block's bloom filter rules
 *          the addresses out
 * @throws {RpcContradictionError} when a log is of another block or address, is marked removed, is a duplicate, or is
 *         not in the header's bloom filter
 */
export async function readBlockLogs(
  transport: Transport,
  block: BlockHeader,
  addresses: readonly string[],
  signal?: AbortSignal,
): Promise<readonly ChainLog[]> {
  const possible = addresses.filter((address) => bloomMayContain(block.logsBloom, address));
  if (possible.length === 0) return [];
  const raw = await transport.send(METHOD, [{ blockHash: block.hash, address: possible }], signal);
  const parsed = z.array(logSchema).safeParse(raw);
  if (!parsed.success) throw new RpcContradictionError(METHOD, "not a list of logs");

  const logs = parsed.data.toSorted((left, right) => left.logIndex - right.logIndex);
  let lastIndex = -1;
  for (const log of logs) {
    if (log.blockHash !== block.hash || log.blockNumber !== block.number) {
      throw new RpcContradictionError(METHOD, `a log of block ${log.blockNumber} in block ${block.number}`);
    }
    if (!possible.includes(log.address)) throw new RpcContradictionError(METHOD, `a log of ${log.address}`);
    if (log.removed === true) throw new RpcContradictionError(METHOD, "a removed log");
    if (log.logIndex === lastIndex) throw new RpcContradictionError(METHOD, `log index ${lastIndex} twice`);
    lastIndex = log.logIndex;
    const unseen = log.topics.find((topic) => !bloomMayContain(block.logsBloom, topic));
    if (unseen !== undefined) throw new RpcContradictionError(METHOD, "a log that the block's bloom filter denies");
  }
  return logs;
}
