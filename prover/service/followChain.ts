import type { EventEmitter } from "node:events";
import type { BlockHeader } from "../chain/answers.ts";
import type { ChainClient } from "../chain/client.ts";
import { follow } from "../chain/follower.ts";
import { DEFAULT_RETRY, type RetryPolicy, retrying } from "../chain/retry.ts";
import type { Retryable } from "../errors.ts";
import type { Store } from "../store/store.ts";
import { announce } from "./announce.ts";
import { checkGuard } from "./checkGuard.ts";
import { LedgerMismatchError, NoGenesisError, VersionLostError } from "./errors.ts";
import type { ProverEvents } from "./handle.ts";
import type { Ledger } from "./ledger.ts";

export interface FollowConfig {
  readonly client: ChainClient;
  /** Another node that has to agree about the guard before anything is proven; null when there is only one. */
  readonly second: ChainClient | null;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly events: EventEmitter<ProverEvents>;
  readonly guard: string;
  readonly engine: string;
  readonly fromBlock: number;
  readonly confirmations: number;
  readonly ringCapacity: number;
  readonly pollMs: number;
  readonly retry: Partial<RetryPolicy>;
  /** The branch changed: whatever was planned on it is to be planned again. */
  readonly onReorg: () => void;
  /** A block was taken in. `trusted`: it is the newest, and the guard has the same roots as the ledger. */
  readonly onBlock: (block: BlockHeader, behind: number, trusted: boolean) => void;
}

/** Times that blocks are read again from the oldest remembered one before a contradiction is final. */
const REBUILDS = 2;

/**
 * Takes the chain into the ledger until the signal fires.
 * Logs that a node left out show as a contradiction later: then the remembered blocks are read again.
 * @throws {ReorgTooDeepError | LedgerMismatchError | StoreCorruptError} when it cannot go on
 */
export async function followChain(config: FollowConfig, signal: AbortSignal): Promise<void> {
  const { store, ledger, events } = config;
  let rebuildsLeft = REBUILDS;
  let fromBlock = config.fromBlock;
  const readAgain = new Set<number>(); // versions that were pinned for a rollback
  const patience: RetryPolicy = { ...DEFAULT_RETRY, attempts: Number.POSITIVE_INFINITY, ...config.retry, onRetry };
  while (!signal.aborted) {
    try {
      await retrying(() => followOnce({ ...config, fromBlock }, signal, onTrust), patience, signal);
    } catch (error) {
      if (error instanceof VersionLostError) {
        readEverythingAgain(error);
        continue;
      }
      const oldest = store.blocks.ring()[0];
      const hidden = error instanceof LedgerMismatchError || error instanceof NoGenesisError;
      if (!hidden || oldest === undefined || rebuildsLeft-- === 0) throw error;
      // The oldest block was read before everything that may be wrong, unless it is the first of all.
      const ancestor = oldest.number === fromBlock ? oldest.number - 1 : oldest.number;
      events.emit("alarm", { code: error.code, message: `${error.message}; reading again after block ${ancestor}` });
      ledger.rewindTo(ancestor);
      config.onReorg();
    }
  }

  /** A rollback beyond what the store remembers: the version is derived from the chain again, never guessed. */
  function readEverythingAgain(error: VersionLostError): void {
    if (readAgain.has(error.settled)) {
      throw new LedgerMismatchError(
        "operations settled that a rollback returns to",
        error.settled,
        "no batch ends there",
      );
    }
    readAgain.add(error.settled);
    fromBlock = Math.min(fromBlock, store.genesis.get()?.blockNumber ?? fromBlock);
    events.emit("alarm", { code: error.code, message: `${error.message}; reading again from block ${fromBlock}` });
    ledger.restart(error.settled);
    config.onReorg();
  }

  function onTrust(): void {
    rebuildsLeft = REBUILDS;
  }

  /** The newest block is taken in again, so that it is compared with the guard again. */
  function onRetry(error: Retryable, attempt: number): void {
    config.retry.onRetry?.(error, attempt);
    const newest = store.blocks.ring().at(-1);
    if (newest !== undefined) ledger.rewindTo(newest.number - 1);
    config.onReorg();
  }
}

async function followOnce(config: FollowConfig, signal: AbortSignal, onTrust: () => void): Promise<void> {
  const { client, store, ledger, events, guard, engine } = config;
  const { fromBlock, confirmations, ringCapacity, pollMs, retry, onReorg, onBlock } = config;
  const remembered = store.blocks.ring();
  const addresses = [guard, engine];
  let trusted = false;
  for await (const step of follow(
    { client, addresses, fromBlock, remembered, confirmations, ringCapacity, pollMs, retry },
    signal,
  )) {
    if (step.type === "reorg") {
      ledger.rewindTo(step.ancestor.number);
      trusted = false;
      events.emit("reorg", { ancestor: step.ancestor.number, dropped: step.dropped.length });
      onReorg();
      continue;
    }
    const { number, hash } = step.block;
    const happened = await ledger.takeBlock(step.block, step.logs, signal);
    const view = ledger.view();
    if (happened.length > 0) trusted = false;
    if (view !== null && step.behind === 0 && !trusted) {
      for (const node of config.second === null ? [client] : [client, config.second]) {
        await checkGuard(node, { guard, engine }, view, hash, signal);
      }
      trusted = true;
      onTrust();
    }
    events.emit("block", { number, hash });
    announce(events, happened, (transactionHash) => store.submissions.has(transactionHash));
    onBlock(step.block, step.behind, trusted && step.behind === 0);
  }
}
