import { type ChildProcess, fork } from "node:child_process";
import { AbortedError } from "../errors.ts";
import type { CircuitArtefact } from "./artefact.ts";
import type { CircuitInputs, ProvenSignals } from "./backend.ts";
import type { Engine } from "./engine.ts";
import { ArtefactError, ProofRefusedError, ProvingInterruptedError } from "./errors.ts";
import type { FromChild, ToChild } from "./protocol.ts";

export interface ProcessConfig {
  readonly engine: Engine;
  readonly circuits: readonly CircuitArtefact[];
  /** Node binary of the child, at least 22.18; Node 22 runs snarkjs about 30 % faster than 24 does. */
  readonly execPath: string;
  /** Time for one proof, loading included, milliseconds. */
  readonly deadlineMs: number;
  /** Heap limit of the child, MiB. */
  readonly memoryMb: number;
}

interface Waiting {
  readonly id: number;
  readonly circuit: string;
  resolve(result: ProvenSignals): void;
  reject(error: Error): void;
}

/** One proving child process: proves one thing at a time, and is killed rather than waited for. */
export class ProvingProcess {
  readonly #config: ProcessConfig;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #waiting: Waiting | null = null;
  #nextId = 1;
  #alive = true;

  constructor(config: ProcessConfig) {
    this.#config = config;
    this.#child = fork(new URL("./child.ts", import.meta.url), {
      execPath: config.execPath,
      execArgv: [`--max-old-space-size=${config.memoryMb}`, "--disable-warning=ExperimentalWarning"],
      env: {}, // nothing of ours, keys least of all
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"], // what circuits and libraries print may hold witness values
    });
    this.#child.on("message", (message) => this.#take(message as FromChild)); // the child is of this version
    this.#ended = new Promise((resolve) => {
      const over = (reason: string): void => {
        this.#alive = false;
        this.#settle((waiting) => waiting.reject(new ProvingInterruptedError(waiting.circuit, reason)));
        resolve();
      };
      this.#child.once("exit", (status, signal) => over(`the proving process ended (${signal ?? status})`));
      this.#child.once("error", (error) => over(`the proving process did not start: ${error.message}`));
    });
    this.#tell({ type: "load", engine: config.engine, circuits: config.circuits });
    this.#holdParent(false);
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Identifier of the operating system, for tests and status. */
  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** @see ProofBackend.prove */
  async prove(circuit: string, inputs: CircuitInputs, signal?: AbortSignal): Promise<ProvenSignals> {
    const id = this.#nextId++;
    const result = new Promise<ProvenSignals>((resolve, reject) => {
      this.#waiting = { id, circuit, resolve, reject };
    });
    const stop = (error: Error): void => {
      this.#settle((waiting) => waiting.reject(error));
      this.kill();
    };
    const abort = (): void => stop(new AbortedError(`proving ${circuit}`));
    const late = (): void =>
      stop(new ProvingInterruptedError(circuit, `no proof within ${this.#config.deadlineMs} ms`));
    const timer = setTimeout(late, this.#config.deadlineMs);
    signal?.addEventListener("abort", abort, { once: true });
    this.#holdParent(true);
    try {
      if (signal?.aborted) abort();
      else this.#tell({ type: "prove", id, circuit, inputs });
      return await result;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      this.#holdParent(false);
    }
  }

  /** Ends the process at once, whatever it does. */
  kill(): void {
    this.#alive = false;
    this.#child.kill("SIGKILL");
  }

  /** Ends the process and waits until the operating system has it gone. */
  async end(): Promise<void> {
    this.#holdParent(true); // or the parent would end in the middle of waiting
    if (this.#alive) this.kill();
    await this.#ended;
  }

  #take(message: FromChild): void {
    if (message.type === "proven" && message.id === this.#waiting?.id) {
      this.#settle((waiting) => waiting.resolve(message.result));
    } else if (message.type === "failed") {
      if (message.kind !== "refused") this.kill(); // it lacks a file, memory or a device: a new one begins afresh
      this.#settle(({ circuit, reject }) => {
        const reason = message.reason.replace(`${circuit}: `, "");
        if (message.kind === "refused") reject(new ProofRefusedError(circuit, reason));
        else if (message.kind === "artefact") reject(new ArtefactError(circuit, message.reason));
        else reject(new ProvingInterruptedError(circuit, reason));
      });
    }
  }

  #settle(action: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) action(waiting);
  }

  #tell(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message, () => {}); // a lost message shows as an exit
  }

  /** An idle child must not keep the service's process from ending; one that proves must. */
  #holdParent(hold: boolean): void {
    if (hold) this.#child.ref();
    else this.#child.unref();
    if (hold) this.#child.channel?.ref();
    else this.#child.channel?.unref();
  }
}
