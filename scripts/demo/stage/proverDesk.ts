/** The prover as something that can go away and come back. Its store stays, as it would on a server's disk. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Transport } from "../../../prover/chain/transport.ts";
import type { BackendChoice, BackendSelection } from "../../../prover/proving/backendChoice.ts";
import { chooseBackend } from "../../../prover/proving/chooseBackend.ts";
import { provingArtefacts } from "../../../prover/proving/provingArtefacts.ts";
import type { ProverHandle, ProverStatus, RoundGateway } from "../../../prover/service/handle.ts";
import { startProver } from "../../../prover/service/startProver.ts";
import { loadArtefacts } from "../../circuits/artefacts.ts";
import { PROFILE } from "../parameters.ts";

export interface ProverDesk extends RoundGateway {
  start(): Promise<void>;
  /** Ends the prover with its children, and waits for that. */
  stop(): Promise<void>;
  /** Runs something while no new proof is begun, so that operations posted together are proven together. */
  holding(posting: () => Promise<number>): Promise<void>;
  /** Waits until the prover has seen a block. */
  seen(block: number): Promise<void>;
  /** Waits until everything logged is settled. */
  idle(): Promise<void>;
  /** Milliseconds that the proof with this key took; undefined when somebody else made it. */
  proofMs(key: string): number | undefined;
  /** What makes the proofs, and why. */
  readonly backend: BackendSelection;
  /** What the prover complained about, newest last. */
  readonly alarms: readonly string[];
}

export class ProverAwayError extends Error {
  override readonly name = "ProverAwayError";
  readonly code = "PROVER_AWAY";
}

export interface ProverDeskConfig {
  readonly transport: Transport;
  readonly guard: string;
  readonly fromBlock: number;
  readonly signerKey: string;
  /** Folder for the prover's store. */
  readonly folder: string;
  readonly backend: BackendChoice;
}

const POLL_MS = 60;
/** Two batches at once keep two cores busy; a round must not wait for them, so it has a child of its own. */
const BATCHES_AT_ONCE = 2;
const CHILDREN = BATCHES_AT_ONCE + 1;

/** @throws {BackendUnavailableError} when the prover that is asked for is not to be had */
export async function createProverDesk(config: ProverDeskConfig): Promise<ProverDesk> {
  const artefacts = provingArtefacts(await loadArtefacts(PROFILE.name));
  const { selection } = await chooseBackend(config.backend);
  const proofTimes = new Map<string, number>();
  const alarms: string[] = [];
  let prover: ProverHandle | null = null;
  const running = (): ProverHandle => {
    if (prover === null) throw new ProverAwayError("the prover is not running");
    return prover;
  };
  /** Waits for a status; at once when there is no prover to wait for. @throws what ended the prover */
  async function until(reached: (status: ProverStatus) => boolean): Promise<void> {
    while (prover !== null && !reached(prover.status())) await Promise.race([sleep(POLL_MS), prover.done]);
  }
  return {
    backend: selection,
    alarms,
    proofMs: (key) => proofTimes.get(key),
    async start() {
      prover = await startProver({
        transport: config.transport,
        guard: config.guard,
        profile: PROFILE,
        artefacts,
        storePath: join(config.folder, "prover.sqlite"),
        signerKey: config.signerKey,
        fromBlock: config.fromBlock,
        pollMs: POLL_MS,
        lookahead: BATCHES_AT_ONCE,
        backend: selection.name, // also after the outage
        proving: { children: CHILDREN },
      });
      prover.events.on("proof", ({ key, milliseconds }) => proofTimes.set(key, milliseconds));
      prover.events.on("alarm", ({ code, message }) => alarms.push(`${code}: ${message}`));
    },
    async stop() {
      await prover?.stop();
      prover = null;
    },
    async holding(posting) {
      prover?.pause();
      const logged = await posting();
      await until(({ operationsLogged }) => operationsLogged >= logged);
      prover?.resume();
    },
    seen: (block) => until(({ headBlock }) => headBlock >= block),
    idle: () => Promise.race([running().idle(), running().done]),
    roundContext: () => running().roundContext(),
    submitRound: (words, signal) => running().submitRound(words, signal),
  };
}
