import { type ChildProcess, fork } from "node:child_process";
import { join, resolve } from "node:path";
import type { WorkerReply, WorkerRequest, WorkerResult } from "./workerProtocol.ts";

const START_LIMIT_MS = 180_000;

/** Why a run has no result: the tests neither passed nor failed. */
export class NoResult extends Error {
  override readonly name = "NoResult";
}

/** A worker in a process of its own, started anew after it died or hung. */
export class TestProcess {
  readonly #root: string;
  #child: ChildProcess | undefined;

  /** @param root of a sandbox */
  constructor(root: string) {
    this.#root = root;
  }

  /** @throws {NoResult} when the tests do not end within the limit, or end the process */
  async run(request: WorkerRequest, limitMs: number): Promise<WorkerResult> {
    const child = this.#child ?? (await this.#start());
    child.send(request);
    const reply = await this.#reply(child, limitMs);
    if (reply.kind !== "done") throw new NoResult("the worker began again");
    return reply;
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, "worker.ts"), [this.#root], {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      env: { ...process.env, HARDHAT_CONFIG: resolve(this.#root, "hardhat.config.ts") },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child = child;
    await this.#reply(child, START_LIMIT_MS);
    return child;
  }

  #reply(child: ChildProcess, limitMs: number): Promise<WorkerReply> {
    return new Promise((answer, refuse) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        child.removeAllListeners();
        act();
      };
      const lose = (reason: string) =>
        finish(() => {
          this.stop();
          refuse(new NoResult(reason));
        });
      const timer = setTimeout(() => lose(`no answer within ${limitMs} ms`), limitMs);
      child.once("message", (message: WorkerReply) => finish(() => answer(message)));
      child.once("exit", (code) => lose(`the worker ended with ${code}`));
      child.once("error", (error) => lose(error.message));
    });
  }
}
