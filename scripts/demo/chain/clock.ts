/**
 * Keeps the chain's time on the market's time. Left alone a local chain follows the wall clock, and proving would take
 * market minutes; so after every block the next one is set to come one second later, and `jumpTo` moves on.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Transport } from "../../../prover/chain/transport.ts";

export interface ChainClock {
  /** Time of the latest block, unix seconds. */
  now(): Promise<number>;
  /** Mines an empty block at the given time, as a chain without users would. Never goes back: then nothing happens. */
  jumpTo(timeSec: number): Promise<void>;
  stop(): Promise<void>;
}

const WATCH_MS = 50;

/** Starts to hold the time of the chain behind a transport. */
export async function startClock(transport: Transport): Promise<ChainClock> {
  const stopping = new AbortController();
  const latest = async () => {
    const block = (await transport.send("eth_getBlockByNumber", ["latest", false])) as { timestamp: string }; // our node
    return Number(block.timestamp);
  };
  let held = 0; // time of the block after which the next one's time was set
  const hold = async () => {
    const now = await latest();
    if (now === held) return;
    await transport.send("evm_setNextBlockTimestamp", [now + 1]);
    held = now;
  };
  let busy: Promise<void> = hold();
  await busy;

  const watch = async () => {
    while (!stopping.signal.aborted) {
      busy = busy.then(hold).catch(() => {}); // a block came between reading and setting: the next turn sets it
      await busy;
      await sleep(WATCH_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const watching = watch();

  return {
    now: latest,
    async jumpTo(timeSec) {
      const jump = busy.then(async () => {
        if (timeSec <= (await latest())) return;
        await transport.send("evm_setNextBlockTimestamp", [timeSec]);
        await transport.send("evm_mine", []);
        await hold();
      });
      busy = jump.catch(() => {});
      await jump;
    },
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}
