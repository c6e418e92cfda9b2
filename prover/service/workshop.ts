import type { EventEmitter } from "node:events";
import { ENGINE, GUARD } from "../chain/events.ts";
import { describeError } from "../errors.ts";
import { createKeeper, type Keeper } from "../keeper/keeper.ts";
import { DEFAULT_FEES } from "../settle/fees.ts";
import { createSigner } from "../settle/signer.ts";
import { createSubmitter } from "../settle/submitter.ts";
import { type BatchPipeline, createBatchPipeline } from "./batchPipeline.ts";
import { readContract } from "./checkGuard.ts";
import { DEFAULT_LOOKAHEAD, DEFAULT_POLL_MS, DEFAULT_REST_MS, type ProverConfig } from "./config.ts";
import type { Connection } from "./connect.ts";
import type { ProverEvents, RoundReceipt } from "./handle.ts";
import type { Ledger } from "./ledger.ts";
import type { OpenBackend } from "./openBackend.ts";
import { createRoundProver } from "./roundProver.ts";
import type { View } from "./view.ts";

export interface WorkshopLinks {
  readonly proving: OpenBackend;
  readonly events: EventEmitter<ProverEvents>;
  readonly ledger: Ledger;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Called when a proof or a settlement has come further. */
  readonly wake: () => void;
  /** Resolves when the followed branch has reached a condition. */
  readonly until: (reached: (view: View) => boolean, signal: AbortSignal) => Promise<void>;
}

/** Where proofs are made and sent off: everything of the service but the following. */
export interface Workshop {
  /** Account that pays. */
  readonly account: string;
  readonly pipeline: BatchPipeline;
  /** Null when it is not asked for. */
  readonly keeper: Keeper | null;
  submitRound(words: readonly bigint[], signal: AbortSignal): Promise<RoundReceipt>;
  /** Call after the signal has fired; resolves when no process and no submission is left. */
  close(): Promise<void>;
}

/** Opens the workshop and learns the fate of the transactions that an earlier run left open. */
export function openWorkshop(config: ProverConfig, connection: Connection, links: WorkshopLinks): Workshop {
  const { client, chainId, guard, engine, constants, store } = connection;
  const { events, signal } = links;
  const { OracleRound, MarginBatch } = config.artefacts;
  const signer = createSigner(config.signerKey, chainId);
  const submitter = createSubmitter({
    client,
    submissions: store.submissions,
    signer,
    fees: { ...DEFAULT_FEES, ...config.fees },
    pollMs: config.pollMs ?? DEFAULT_POLL_MS,
    interfaces: [GUARD, ENGINE],
    onStuck: ({ hash }) => events.emit("alarm", { code: "FEE_CAP", message: `${hash} waits and may offer no more` }),
  });
  const shared = { ...links, backend: links.proving.backend, proofs: store.proofs, constants, submitter, guard };
  const onChain = (name: string): Promise<unknown> => readContract(client, { contract: GUARD, address: guard }, name);

  const pipeline = createBatchPipeline({
    ...shared,
    circuit: MarginBatch,
    settledOnChain: async () => Number(await onChain("settled")),
    lookahead: config.lookahead ?? DEFAULT_LOOKAHEAD,
    restMs: config.restMs ?? DEFAULT_REST_MS,
  });
  const submitRound = createRoundProver({
    ...shared,
    circuit: OracleRound,
    roundOnChain: async () => BigInt(String(await onChain("round"))),
  });
  const perDay = config.keeperPerDay ?? 0;
  const keeping = {
    ...shared,
    client,
    engine,
    account: signer.address,
    perDay,
    restMs: config.restMs ?? DEFAULT_REST_MS,
  };
  const keeper = perDay === 0 ? null : createKeeper(keeping);
  submitter.recover(signal).catch((error: unknown) => {
    if (!signal.aborted) events.emit("alarm", describeError(error));
  });

  return {
    account: signer.address,
    pipeline,
    keeper,
    submitRound,
    async close() {
      pipeline.reset();
      await links.proving.close();
      await submitter.quiet();
    },
  };
}
