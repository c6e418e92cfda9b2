import type { BlockHeader } from "../chain/answers.ts";
import type { ChainClient } from "../chain/client.ts";
import { ENGINE, GUARD } from "../chain/events.ts";
import { RpcContradictionError } from "../chain/rpcErrors.ts";
import type { TimedEvent } from "./foldCheckpoints.ts";

/** Every event of a guard and its engine up to a block, by walking the blocks from the first one on. */
export async function readGuardEvents(
  client: ChainClient,
  { guard, engine }: { readonly guard: string; readonly engine: string },
  range: { readonly fromBlock: number; readonly head: BlockHeader },
  signal: AbortSignal,
): Promise<readonly TimedEvent[]> {
  const events: TimedEvent[] = [];
  let parent: BlockHeader | null = null;
  for (let number = range.fromBlock; number <= range.head.number; number++) {
    const block = await client.blockByNumber(number, signal);
    if (block === null || (parent !== null && block.parentHash !== parent.hash)) {
      throw new RpcContradictionError("eth_getBlockByNumber", `the branch changed at block ${number}`);
    }
    parent = block;
    for (const { address, topics, data, transactionHash } of await client.logsOf(block, [guard, engine], signal)) {
      const event = (address === guard ? GUARD : ENGINE).parseLog({ topics: [...topics], data });
      if (event !== null) events.push({ event, timeSec: BigInt(block.timestamp), transaction: transactionHash });
    }
  }
  if (parent?.hash !== range.head.hash) {
    throw new RpcContradictionError("eth_getBlockByNumber", `block ${range.head.number} was replaced`);
  }
  return events;
}
