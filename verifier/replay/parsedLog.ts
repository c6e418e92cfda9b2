/** Logs with their meaning, and where they stand. */
import type { Interface, LogDescription } from "ethers";
import type { Place } from "./history.ts";
import type { ChainCache } from "./readLogs.ts";
import type { RpcLog } from "./rpc.ts";

export interface ParsedLog {
  readonly log: RpcLog;
  readonly event: LogDescription;
}

/** Those that the interface knows, in their order. */
export function parseLogs(abi: Interface, logs: readonly RpcLog[]): readonly ParsedLog[] {
  return logs.flatMap((log) => {
    const event = abi.parseLog(log);
    return event === null ? [] : [{ log, event }];
  });
}

export async function placeOf(cache: ChainCache, log: RpcLog): Promise<Place> {
  const { timestamp } = await cache.block(log.blockNumber);
  return { block: log.blockNumber, blockTime: timestamp, transaction: log.transactionHash };
}
