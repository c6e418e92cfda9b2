import { type ChildProcess, fork } from "node:child_process";
import type { ProverName } from "./figures.ts";
import type { FromProver, JsonProof, ProverOrder } from "./protocol.ts";
import type { Sample } from "./samples.ts";

/** A prover's process ended, or could not prove. */
export class ProverFailedError extends Error {
  override readonly name = "ProverFailedError";
  readonly code = "BENCH_PROVER";
  constructor(prover: ProverName, reason: string) {
    super(`${prover}: ${reason}`);
  }
}

/** A prover in a child process: loads once, then proves when asked, one proof at a time. */
export class ProverProcess {
  readonly name: ProverName;
  readonly #child: ChildProcess;

  private constructor(name: ProverName, child: ChildProcess) {
    this.name = name;
    this.#child = child;
  }

  /** @throws {ProverFailedError} when key, witness, addon or program cannot be used */
  static async start(order: ProverOrder): Promise<ProverProcess> {
    const child = fork(new URL("./proverChild.ts", import.meta.url), [JSON.stringify(order)], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    const started = new ProverProcess(order.prover, child);
    await started.#answer();
    return started;
  }

  /** @throws {ProverFailedError} */
  async prove(): Promise<{ readonly sample: Sample; readonly result: JsonProof }> {
    const answer = this.#answer();
    this.#child.send("prove");
    const message = await answer;
    if (message.type !== "proven") throw new ProverFailedError(this.name, "answered without a proof");
    return message;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await ended;
  }

  #answer(): Promise<FromProver> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(new ProverFailedError(this.name, reason));
      const over = (code: number | null, signal: string | null): void => fail(`its process ended (${signal ?? code})`);
      this.#child.once("exit", over);
      this.#child.once("message", (message) => {
        this.#child.off("exit", over);
        const answer = message as FromProver; // the child is of this version
        if (answer.type === "failed") fail(answer.reason);
        else resolve(answer);
      });
    });
  }
}
