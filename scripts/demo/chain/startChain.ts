/** A real JSON-RPC chain in a child process whose time follows the recorded market, not the wall clock. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { httpTransport, type Transport } from "../../../prover/chain/transport.ts";
import { type ChainClock, startClock } from "./clock.ts";

export interface LocalChain {
  readonly url: string;
  readonly transport: Transport;
  readonly clock: ChainClock;
  /** Gives an address ether for gas. */
  fund(address: string): Promise<void>;
  /** Ends the child and waits for that. */
  stop(): Promise<void>;
}

/** The node did not come up. */
export class ChainStartError extends Error {
  override readonly name = "ChainStartError";
  readonly code = "CHAIN_START";
}

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 3_000;
const BALANCE_WEI = `0x${(10n ** 22n).toString(16)}`; // 10,000 ether

/** Starts a chain whose genesis block is at `startSec`, unix seconds. */
export async function startChain(startSec: number): Promise<LocalChain> {
  const child = fork(fileURLToPath(new URL("./node.ts", import.meta.url)), [String(startSec)], {
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY_PROMPT: "true" },
  });
  const url = await listening(child);
  const transport = httpTransport(url);
  const clock = await startClock(transport);
  return {
    url,
    transport,
    clock,
    async fund(address) {
      await transport.send("hardhat_setBalance", [address, BALANCE_WEI]);
    },
    async stop() {
      await clock.stop();
      await end(child);
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  const deadline = AbortSignal.timeout(START_DEADLINE_MS);
  try {
    const started = once(child, "message", { signal: deadline });
    const ended = once(child, "exit", { signal: deadline });
    started.catch(() => {}); // the loser of the race may still be rejected by the deadline
    ended.catch(() => {});
    const [message] = await Promise.race([started, ended]);
    const url = (message as { url?: unknown } | null)?.url; // the child's only message; an exit gives a number
    if (typeof url === "string") return url;
    throw new ChainStartError(`the local chain ended at once: ${complaint.trim()}`);
  } catch (error) {
    child.kill("SIGKILL");
    if (error instanceof ChainStartError) throw error;
    throw new ChainStartError(`the local chain did not start in ${START_DEADLINE_MS / 1000} s: ${complaint.trim()}`);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
  await ended;
  clearTimeout(force);
}
