import { EventEmitter } from "node:events";
import { createHasher } from "../../verifier/model/hasher.ts";
import { quorum } from "../../verifier/model/profile.ts";
import { AbortedError, describeError, ProverError } from "../errors.ts";
import type { RoundGateway, RoundReceipt } from "../service/handle.ts";
import { createAggregatorServer } from "./aggregatorServer.ts";
import { type CollectedReport, createCollection } from "./collection.ts";

export interface AggregatorConfig {
  /** Proves and submits the rounds; a prover's handle. */
  readonly rounds: RoundGateway;
  /** "127.0.0.1" by default: nothing is open to the network unless it is asked for. */
  readonly host?: string;
  /** 0, any free one, by default. */
  readonly port?: number;
  /** Time between two looks whether a round can be proven, milliseconds; absent: only when asked. */
  readonly intervalMs?: number;
  /** Secret for `POST /v1/rounds`; absent: nobody may ask over HTTP. */
  readonly triggerToken?: string;
  /** How far a report may be ahead of the chain, seconds; 60 by default. */
  readonly maxAheadSec?: number;
}

export interface AggregatorEvents {
  round: [RoundReceipt];
  failed: [{ readonly code: string; readonly message: string }];
}

export interface AggregatorHandle {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly events: EventEmitter<AggregatorEvents>;
  reports(): readonly CollectedReport[];
  /** Proves a round of what is collected. @throws {QuorumError} when that is too little */
  proveRound(signal?: AbortSignal): Promise<RoundReceipt>;
  stop(): Promise<void>;
}

/** Fewer good reports than a round needs. */
export class QuorumError extends ProverError {
  override readonly name = "QuorumError";
  readonly code = "NO_QUORUM";
  readonly collected: number;
  readonly needed: number;
  constructor(collected: number, needed: number) {
    super(`${collected} reports are collected, ${needed} are needed`);
    this.collected = collected;
    this.needed = needed;
  }
}

const DEFAULT_AHEAD_SEC = 60; // the guard's default tolerance
const LOOPBACK = "127.0.0.1";

/** Starts an aggregator: collects signed reports over HTTP and turns them into proven rounds. */
export async function startAggregator(config: AggregatorConfig): Promise<AggregatorHandle> {
  const { rounds } = config;
  const outlook = (): ReturnType<RoundGateway["roundContext"]> => rounds.roundContext();
  const collection = createCollection(outlook, await createHasher(), config.maxAheadSec ?? DEFAULT_AHEAD_SEC);
  const events = new EventEmitter<AggregatorEvents>();
  const stopping = new AbortController();
  let proving: Promise<RoundReceipt> | null = null;

  /** One round at a time; who asks while one is being proven gets that one. */
  function proveRound(signal?: AbortSignal): Promise<RoundReceipt> {
    proving ??= submit(signal).finally(() => {
      proving = null;
    });
    return proving;
  }

  async function submit(signal?: AbortSignal): Promise<RoundReceipt> {
    if (stopping.signal.aborted) throw new AbortedError("the aggregator");
    if (!collection.hasQuorum()) throw new QuorumError(collection.reports().length, quorum(outlook().profile));
    const either = signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal;
    const receipt = await rounds.submitRound(collection.words(), either);
    events.emit("round", receipt);
    return receipt;
  }

  const server = createAggregatorServer({ collection, outlook, proveRound, triggerToken: config.triggerToken });
  const url = await server.listen({ host: config.host ?? LOOPBACK, port: config.port ?? 0 });
  const timer = config.intervalMs === undefined ? undefined : setInterval(lookForRound, config.intervalMs);

  function lookForRound(): void {
    if (proving !== null || !collection.hasQuorum()) return;
    proveRound().catch((error: unknown) => {
      if (!stopping.signal.aborted) events.emit("failed", describeError(error));
    });
  }

  return {
    url,
    events,
    reports: () => collection.reports(),
    proveRound,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await proving?.catch(() => undefined); // it ends because it was told to
      await server.close();
    },
  };
}
