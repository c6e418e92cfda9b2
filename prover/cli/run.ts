import { describeBackend } from "../proving/backendChoice.ts";
import type { ProverHandle } from "../service/handle.ts";
import { startProver } from "../service/startProver.ts";
import { createStatusServer } from "../service/statusServer.ts";
import { type Output, printEvents } from "./output.ts";
import { proverOf } from "./proverOf.ts";
import { proverSettings, type Raw, readSettings } from "./settings.ts";

/** `run`: follows, proves and settles until it is told to stop. */
export async function run(flags: Raw, output: Output, signal: AbortSignal): Promise<void> {
  const settings = readSettings(proverSettings, flags, process.env);
  const prover = await startProver(await proverOf(settings, process.env));
  printEvents(prover.events, output);
  const { guard, engine, account, chainId } = prover.status();
  remarkBackend(prover, output);
  output.remark(`chain ${chainId}, guard ${guard}, engine ${engine}, paying from ${account}`);
  await untilStopped(prover, settings.statusPort, output, signal);
}

/** Says what makes the proofs. */
export function remarkBackend(prover: ProverHandle, output: Output): void {
  const { backend } = prover.status();
  if (backend !== null) output.remark(`proofs by ${describeBackend(backend)}`);
}

/** Serves the status, if asked to, until the prover ends or the signal fires. @throws what ended the prover */
export async function untilStopped(
  prover: ProverHandle,
  statusPort: number | undefined,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const server = statusPort === undefined ? null : createStatusServer(prover);
  const stop = (): void => void prover.stop();
  try {
    const url = await server?.listen({ host: "127.0.0.1", port: statusPort ?? 0 });
    if (url !== undefined) output.remark(`status at ${url}/v1/status, metrics at ${url}/metrics`);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    await prover.done;
  } finally {
    signal.removeEventListener("abort", stop);
    await prover.stop();
    await server?.close();
  }
}
