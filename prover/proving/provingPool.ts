import { DEFAULT_RETRY, retrying } from "../chain/retry.ts";
import { AbortedError } from "../errors.ts";
import type { CircuitArtefact } from "./artefact.ts";
import type { CircuitInputs, ProofBackend, ProvenSignals } from "./backend.ts";
import type { Engine } from "./engine.ts";
import { type ProcessConfig, ProvingProcess } from "./provingProcess.ts";

export interface ProvingConfig {
  readonly circuits: readonly CircuitArtefact[];
  /** Node binary of the children; this process's own by default. */
  readonly execPath?: string;
  /** Time for one proof, milliseconds; ten minutes by default. */
  readonly deadlineMs?: number;
  /** Memory limit of a child, MiB: of snarkjs' heap, of all that native writes to; 4096 by default. */
  readonly memoryMb?: number;
  /** Limit of the tables that native keeps next to a key, made before its first proof, MiB; 0, for none, by default. */
  readonly tablesMb?: number;
  /** Children that prove at once; two by default, one for rounds and one for batches. */
  readonly children?: number;
  /** Tries of one proof when children die; three by default. */
  readonly attempts?: number;
}

const TEN_MINUTES_MS = 600_000;
export const DEFAULT_MEMORY_MB = 4096;

/** A backend whose proofs are made by child processes. */
export interface ProvingPool extends ProofBackend {
  /** Identifiers of the children that there are now. */
  processIds(): readonly number[];
}

/** Child processes that are forked at need, reused while they live, and ended by `close`. */
export function createProvingPool(config: ProvingConfig, engine: Engine): ProvingPool {
  const processConfig: ProcessConfig = {
    engine,
    circuits: config.circuits,
    execPath: config.execPath ?? process.execPath,
    deadlineMs: config.deadlineMs ?? TEN_MINUTES_MS,
    memoryMb: config.memoryMb ?? DEFAULT_MEMORY_MB,
  };
  const limit = config.children ?? 2;
  const policy = { ...DEFAULT_RETRY, attempts: config.attempts ?? 3 };
  const idle: ProvingProcess[] = [];
  const all = new Set<ProvingProcess>();
  const queue: (() => void)[] = [];
  const closing = new AbortController();
  let busy = 0;

  async function proveOnce(circuit: string, inputs: CircuitInputs, signal: AbortSignal): Promise<ProvenSignals> {
    await takeTurn(signal);
    const worker = takeProcess();
    try {
      return await worker.prove(circuit, inputs, signal);
    } finally {
      if (worker.alive) idle.push(worker);
      else all.delete(worker);
      giveTurn();
    }
  }

  function takeProcess(): ProvingProcess {
    for (let worker = idle.pop(); worker !== undefined; worker = idle.pop()) {
      if (worker.alive) return worker;
      all.delete(worker);
    }
    const worker = new ProvingProcess(processConfig);
    all.add(worker);
    return worker;
  }

  /** Waits, first come first served, until fewer than the allowed number prove. */
  async function takeTurn(signal: AbortSignal): Promise<void> {
    if (busy >= limit) {
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          queue.splice(queue.indexOf(enter), 1);
          reject(new AbortedError("waiting for a prover"));
        };
        const enter = (): void => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        signal.addEventListener("abort", leave, { once: true });
        queue.push(enter);
      });
    } else busy++;
  }

  /** Hands the place to the next in the queue, or frees it. */
  function giveTurn(): void {
    const next = queue.shift();
    if (next === undefined) busy--;
    else next();
  }

  return {
    async prove(circuit, inputs, signal) {
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      return retrying(() => proveOnce(circuit, inputs, either), policy, either);
    },
    async close() {
      closing.abort();
      await Promise.all([...all].map((worker) => worker.end()));
      all.clear();
    },
    processIds: () => [...all].flatMap((worker) => worker.processId ?? []),
  };
}
