import { EventEmitter } from "node:events";
import { createChainClient } from "../chain/client.ts";
import { describeError } from "../errors.ts";
import { DEFAULT_POLL_MS, DEFAULT_RING, type ProverConfig } from "./config.ts";
import { NoGenesisError, ProverStoppedError } from "./errors.ts";
import { followChain } from "./followChain.ts";
import type { ProverEvents, ProverHandle, ProverPhase, ProverStatus } from "./handle.ts";
import { openBackend } from "./openBackend.ts";
import { openSound } from "./openSound.ts";
import { type Head, statusOf } from "./statusOf.ts";
import type { View } from "./view.ts";
import { createWaiters } from "./waiters.ts";
import { openWorkshop } from "./workshop.ts";

/**
 * Starts the prover service: follows the guard's chain, proves what was logged, and settles it.
 * @throws {BackendUnavailableError} when the prover that is asked for is not to be had
 * @throws when the guard, the store or the circuits do not fit each other; see {@link openSound}
 */
export async function startProver(config: ProverConfig): Promise<ProverHandle> {
  const proving = await openBackend(config);
  const { connection, ledger, repaired } = await openSound(config);
  const { client, guard, engine, store, constants } = connection;
  const events = new EventEmitter<ProverEvents>();
  if (repaired !== null) setImmediate(() => events.emit("alarm", describeError(repaired))); // when somebody listens
  const stopping = new AbortController();
  const waiters = createWaiters();
  const confirmations = config.confirmations ?? 0;
  let phase: ProverPhase = "following";
  let failure: ProverStatus["failure"];
  let crash: Error | null = null;

  // A restart on a quiet chain takes a block in too, and so begins by comparing its state with the guard's.
  const newest = store.blocks.ring().at(-1)?.number;
  if (newest !== undefined) ledger.rewindTo(newest - 1);
  let head: Head = { number: store.blocks.ring().at(-1)?.number ?? -1, behind: 0, trusted: false, timeSec: 0n };

  const workshop = openWorkshop(config, connection, {
    proving,
    events,
    ledger,
    signal: stopping.signal,
    wake,
    until: (reached, signal) => waiters.until(() => reached(viewNow()), signal),
  });
  const following = followChain(
    {
      second: config.secondTransport === undefined ? null : createChainClient(config.secondTransport),
      ...{ client, store, ledger, events, guard, engine, confirmations },
      fromBlock: config.fromBlock ?? 0,
      ringCapacity: config.ringCapacity ?? DEFAULT_RING,
      pollMs: config.pollMs ?? DEFAULT_POLL_MS,
      retry: { onRetry: (error) => events.emit("alarm", describeError(error)) },
      onReorg() {
        head = { ...head, trusted: false };
        workshop.pipeline.doubt();
      },
      onBlock(block, behind, trusted) {
        head = { number: block.number, behind, trusted, timeSec: BigInt(block.timestamp) };
        wake();
        waiters.check();
      },
    },
    stopping.signal,
  );
  const done = following.then(
    () => end(crash),
    (error: Error) => end(stopping.signal.aborted ? crash : error),
  );
  done.catch(() => undefined); // who does not look at `done` sees the failure in the status

  function viewNow(): View {
    const view = ledger.view();
    if (view === null) throw new NoGenesisError("a look at the state");
    return view;
  }

  function wake(): void {
    const view = ledger.view();
    if (view === null || phase !== "following" || !head.trusted || stopping.signal.aborted) return;
    try {
      if (config.settleBatches !== false) workshop.pipeline.update(view, head.number);
      workshop.keeper?.update(view, head);
    } catch (error) {
      crash = error instanceof Error ? error : new Error(String(error)); // no work may be planned on such a state
      stopping.abort();
    }
  }

  /** @param error what ended the service; null when it was told to stop */
  async function end(error: Error | null): Promise<void> {
    phase = error === null ? "stopped" : "failed";
    if (error !== null) failure = describeError(error);
    stopping.abort();
    waiters.fail(error ?? new ProverStoppedError());
    await workshop.close();
    store.close();
    if (error !== null) throw error;
  }

  return {
    events,
    done,
    pause() {
      if (phase === "following") phase = "paused";
    },
    resume() {
      if (phase === "paused") phase = "following";
      wake();
    },
    async idle(signal) {
      const target = (await client.headNumber(signal)) - confirmations;
      const settled = (view: View): boolean => config.settleBatches === false || view.settled === view.logged;
      const reached = (): boolean => head.number >= target && head.trusted && settled(viewNow());
      await waiters.until(reached, signal);
    },
    async stop() {
      stopping.abort();
      await done.catch(() => undefined); // its end is what was asked for
    },
    async submitRound(words, signal) {
      if (stopping.signal.aborted) throw new ProverStoppedError();
      return workshop.submitRound(words, signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal);
    },
    roundContext() {
      const { rules, oracle } = viewNow();
      const { domain, profile } = constants;
      const { round, timestamp: timestampSec } = oracle;
      return { domain, profile, reporterKeys: rules.reporterKeys, round, timestampSec, chainTimeSec: head.timeSec };
    },
    status: () =>
      statusOf(connection, head, ledger.view(), {
        phase,
        account: workshop.account,
        backend: proving.selection,
        work: workshop.pipeline.describe(),
        failure,
      }),
  };
}
