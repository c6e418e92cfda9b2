import { EventEmitter } from "node:events";
import { ENGINE, GUARD } from "../chain/events.ts";
import { AbortedError, describeError } from "../errors.ts";
import { createSnarkjsBackend } from "../proving/snarkjsBackend.ts";
import { DEFAULT_FEES } from "../settle/fees.ts";
import { createSigner } from "../settle/signer.ts";
import { createSubmitter } from "../settle/submitter.ts";
import { createBatchPipeline } from "./batchPipeline.ts";
import { readContract } from "./checkGuard.ts";
import { DEFAULT_LOOKAHEAD, DEFAULT_POLL_MS, DEFAULT_REST_MS, DEFAULT_RING, type ProverConfig } from "./config.ts";
import { connect } from "./connect.ts";
import { NoGenesisError, ProverStoppedError } from "./errors.ts";
import { followChain } from "./followChain.ts";
import type { ProverEvents, ProverHandle, ProverPhase, ProverStatus } from "./handle.ts";
import { createLedger } from "./ledger.ts";
import { createRoundProver } from "./roundProver.ts";
import { createWaiters } from "./waiters.ts";

/**
 * Starts the prover service: follows the guard's chain, proves what was logged, and settles it.
 * @throws when the guard, the store or the circuits do not fit each other; see {@link connect}
 */
export async function startProver(config: ProverConfig): Promise<ProverHandle> {
  const { client, chainId, guard, engine, constants, store } = await connect(config);
  const pollMs = config.pollMs ?? DEFAULT_POLL_MS;
  const events = new EventEmitter<ProverEvents>();
  const stopping = new AbortController();
  const waiters = createWaiters();
  const alarm = (error: unknown): void => void events.emit("alarm", describeError(error));
  const ledger = createLedger({ store, storePath: config.storePath, client, constants, guard });
  readNewestAgain();

  const signer = createSigner(config.signerKey, chainId);
  const submitter = createSubmitter({
    client,
    submissions: store.submissions,
    signer,
    fees: { ...DEFAULT_FEES, ...config.fees },
    pollMs,
    interfaces: [GUARD, ENGINE],
    onStuck: ({ hash }) => events.emit("alarm", { code: "FEE_CAP", message: `${hash} waits and may offer no more` }),
  });
  const { OracleRound, MarginBatch } = config.artefacts;
  const ownBackend = config.backend === undefined;
  const backend = config.backend ?? createSnarkjsBackend({ circuits: [OracleRound, MarginBatch], ...config.proving });
  const shared = { backend, proofs: store.proofs, events, ledger, constants, submitter, guard };
  const onChain = (name: string): Promise<unknown> => readContract(client, { contract: GUARD, address: guard }, name);

  let phase: ProverPhase = "following";
  let failure: ProverStatus["failure"];
  let head = { number: store.blocks.ring().at(-1)?.number ?? -1, behind: 0, trusted: false, timeSec: 0n };

  const pipeline = createBatchPipeline({
    ...shared,
    circuit: MarginBatch,
    settledOnChain: async () => Number(await onChain("settled")),
    lookahead: config.lookahead ?? DEFAULT_LOOKAHEAD,
    restMs: config.restMs ?? DEFAULT_REST_MS,
    signal: stopping.signal,
    wake,
  });
  const submitRound = createRoundProver({
    ...shared,
    circuit: OracleRound,
    roundOnChain: async () => BigInt(String(await onChain("round"))),
    until: (reached, signal) => waiters.until(() => reached(viewNow()), signal),
  });

  /** A restart on a quiet chain begins with a block too, and so with a comparison with the guard. */
  function readNewestAgain(): void {
    const newest = store.blocks.ring().at(-1);
    if (newest !== undefined) ledger.rewindTo(newest.number - 1);
  }

  function viewNow() {
    const view = ledger.view();
    if (view === null) throw new NoGenesisError("a look at the state");
    return view;
  }

  function wake(): void {
    const view = ledger.view();
    if (view === null || stopping.signal.aborted || phase !== "following" || !head.trusted) return;
    if (config.settleBatches !== false) pipeline.update(view, head.number);
  }

  const following = followChain(
    {
      client,
      store,
      ledger,
      events,
      guard,
      engine,
      fromBlock: config.fromBlock ?? 0,
      confirmations: config.confirmations ?? 0,
      ringCapacity: config.ringCapacity ?? DEFAULT_RING,
      pollMs,
      retry: { onRetry: alarm },
      onReorg() {
        head = { ...head, trusted: false };
        pipeline.reset();
      },
      onBlock(block, behind, trusted) {
        head = { number: block.number, behind, trusted, timeSec: BigInt(block.timestamp) };
        wake();
        waiters.check();
      },
    },
    stopping.signal,
  );
  submitter.recover(stopping.signal).catch(alarm);

  const done = following.then(
    () => end("stopped", new ProverStoppedError()),
    async (error: Error) => {
      if (error instanceof AbortedError && stopping.signal.aborted) return end("stopped", new ProverStoppedError());
      failure = describeError(error);
      await end("failed", error);
      throw error;
    },
  );
  done.catch(() => undefined); // who does not look at `done` sees the failure in the status

  async function end(how: "stopped" | "failed", reason: Error): Promise<void> {
    phase = how;
    stopping.abort();
    pipeline.reset();
    waiters.fail(reason);
    if (ownBackend) await backend.close();
    await submitter.quiet();
    store.close();
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
      const target = (await client.headNumber(signal)) - (config.confirmations ?? 0);
      const settled = (): boolean => config.settleBatches === false || viewNow().settled === viewNow().logged;
      await waiters.until(() => head.number >= target && ledger.view() !== null && settled(), signal);
    },
    async stop() {
      stopping.abort();
      await done.catch(() => undefined); // its end is what was asked for
    },
    submitRound(words, signal) {
      const either = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
      return phase === "stopped" || phase === "failed"
        ? Promise.reject(new ProverStoppedError())
        : submitRound(words, either);
    },
    roundContext() {
      const { rules, oracle } = viewNow();
      const { domain, profile } = constants;
      const { round, timestamp: timestampSec } = oracle;
      return { domain, profile, reporterKeys: rules.reporterKeys, round, timestampSec, chainTimeSec: head.timeSec };
    },
    status() {
      const view = ledger.view();
      return {
        phase,
        chainId,
        guard,
        engine,
        account: signer.address,
        headBlock: head.number,
        blocksBehind: head.behind,
        operationsLogged: view?.logged ?? 0,
        operationsSettled: view?.settled ?? 0,
        round: view?.oracle.round ?? 0n,
        roundTimestampSec: view?.oracle.timestamp ?? 0n,
        stateRoot: view?.stateRoot ?? 0n,
        oracleRoot: view?.oracleRoot ?? 0n,
        work: pipeline.describe(),
        ...(failure === undefined ? {} : { failure }),
      };
    },
  };
}
