import type { BlockHeader, ChainLog } from "./answers.ts";
import type { ChainClient } from "./client.ts";
import { pause, refuseAborted } from "./clock.ts";
import { ReorgTooDeepError } from "./followerErrors.ts";
import { DEFAULT_RETRY, type RetryPolicy, retrying } from "./retry.ts";
import { type BlockLink, BlockRing } from "./ring.ts";
import { RpcContradictionError } from "./rpcErrors.ts";

/** One step of the followed branch: a block that continues it, or the news that its end is void. */
export type ChainStep =
  | {
      readonly type: "block";
      readonly block: BlockHeader;
      readonly logs: readonly ChainLog[];
      /** Blocks between this one and the newest that may be followed, as far as the node has said. */
      readonly behind: number;
    }
  | {
      readonly type: "reorg";
      /** Newest block that both branches share. */
      readonly ancestor: BlockLink;
      /** Blocks that are void, newest first. */
      readonly dropped: readonly BlockLink[];
    };

export interface FollowerConfig {
  readonly client: ChainClient;
  /** Addresses whose logs are read. */
  readonly addresses: readonly string[];
  /** First block to yield when nothing is remembered. */
  readonly fromBlock: number;
  /** Blocks remembered by an earlier run, gapless, oldest first. */
  readonly remembered?: readonly BlockLink[];
  /** How many blocks behind the node's newest block to stay; 0 for a local chain. */
  readonly confirmations: number;
  /** Deepest reorganisation that can be followed, blocks. */
  readonly ringCapacity: number;
  /** Wait between two looks at the node's head, milliseconds. */
  readonly pollMs: number;
  /** How a failed step is taken again; without end by default. */
  readonly retry?: Partial<RetryPolicy>;
}

/**
 * Follows a chain by polling: every block once, in order, linked by parent hash; a reorganisation as a value of its own.
 * The consumer must have taken a step in before it asks for the next one. Ends when the signal fires.
 * A node that lags behind what was already followed is waited for, never followed backwards.
 * @throws {ReorgTooDeepError} when the common ancestor is older than the ring
 */
export async function* follow(config: FollowerConfig, signal: AbortSignal): AsyncGenerator<ChainStep, void, void> {
  let ring = new BlockRing(config.ringCapacity, config.remembered ?? []);
  let target = -1; // newest block that may be followed, as far as the node has said
  while (!signal.aborted) {
    // The ring changes only when a step is complete, so that a failed step can be taken again for as long as it needs.
    const step = await retrying(
      takeStep,
      { ...DEFAULT_RETRY, attempts: Number.POSITIVE_INFINITY, ...config.retry },
      signal,
    );
    if (step === null) await pause(config.pollMs, signal);
    else yield step;
  }

  async function takeStep(): Promise<ChainStep | null> {
    const next = ring.head === null ? config.fromBlock : ring.head.number + 1;
    if (next > target) target = (await config.client.headNumber(signal)) - config.confirmations;
    return next <= target ? stepTo(next) : lookForSilentReorg();
  }

  async function stepTo(number: number): Promise<ChainStep | null> {
    const block = await config.client.blockByNumber(number, signal);
    if (block === null) {
      target = -1; // the node went back between two calls, or is another one behind the same address
      return null;
    }
    if (!ring.extendedBy(block)) return rewind(block.parentHash);
    const logs = await config.client.logsOf(block, config.addresses, signal);
    ring = ring.push(block);
    return { type: "block", block, logs, behind: Math.max(0, target - number) };
  }

  /** At equal or lower height the branch may have changed without a new block to show it. */
  async function lookForSilentReorg(): Promise<ChainStep | null> {
    const head = ring.head;
    if (head === null || target < 0) return null;
    const newest = await config.client.blockByNumber(Math.min(target, head.number), signal);
    if (newest === null || ring.find(newest.hash) !== null) return null; // same branch; perhaps a lagging node
    if (newest.number < (ring.links[0]?.number ?? 0)) return null; // older than what is remembered: a node that syncs
    return rewind(newest.parentHash);
  }

  /** Walks the new branch down by parent hash until it meets a remembered block. */
  async function rewind(parentHash: string): Promise<ChainStep> {
    const oldest = ring.links[0]?.number ?? 0;
    let hash = parentHash;
    for (;;) {
      refuseAborted(signal, "the search for a common ancestor");
      const known = ring.find(hash);
      if (known !== null) {
        const dropped = ring.links.filter((link) => link.number > known.number).toReversed();
        if (dropped.length === 0)
          throw new RpcContradictionError("eth_getBlockByNumber", "a block that skips a height");
        ring = ring.cutAfter(known.number);
        return { type: "reorg", ancestor: known, dropped };
      }
      const block = await config.client.blockByHash(hash, signal);
      if (block === null) throw new RpcContradictionError("eth_getBlockByHash", "a parent block that does not exist");
      if (block.number <= oldest) throw new ReorgTooDeepError(oldest, config.ringCapacity);
      hash = block.parentHash;
    }
  }
}
