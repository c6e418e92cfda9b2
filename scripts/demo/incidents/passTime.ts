/** Time passes and nobody sends anything: only empty blocks come, and the guard's answer is read in each. */
import colors from "picocolors";
import { showStatuses } from "../print/rows.ts";
import { readHaltCauses, readMarkets, type StatusName } from "../stage/readGuard.ts";
import type { Theatre } from "../theatre.ts";
import { showTime } from "../units.ts";

/** The guard's answer from a block on. */
export interface Change {
  /** Of the block, unix seconds. */
  readonly timeSec: number;
  readonly block: number;
  /** By market. */
  readonly statuses: readonly StatusName[];
  /** Why everything is halted, in words. */
  readonly causes: readonly string[];
}

/** Seconds between blocks, as on Ethereum. */
const BLOCK_SEC = 12;

/** Lets blocks come until one at `untilSec`. @returns the answer at the first of them, and each other one */
export async function passTime(theatre: Theatre, untilSec: number): Promise<readonly Change[]> {
  const { chain, terminal, signal } = theatre;
  const changes: Change[] = [];
  let told = "";
  for (let timeSec = await chain.clock.now(); timeSec < untilSec; ) {
    signal.throwIfAborted();
    timeSec = Math.min(timeSec + BLOCK_SEC, untilSec);
    await chain.clock.jumpTo(timeSec);
    const change = await readAnswer(theatre);
    const answer = showChange(change);
    if (answer === told) continue;
    told = answer;
    changes.push(change);
    const when = `${colors.bold(showTime(change.timeSec))}  ${colors.magenta(`block ${change.block}`.padEnd(10))}`;
    terminal.line(`  ${when} ${answer}`);
  }
  return changes;
}

/** What the guard answers at the newest block. */
export async function readAnswer({ chain, stage }: Theatre): Promise<Change> {
  const [timeSec, block] = [await chain.clock.now(), await stage.provider.getBlockNumber()];
  const statuses = (await readMarkets(stage.guard)).map(({ status }) => status);
  return { timeSec, block, statuses, causes: await readHaltCauses(stage.guard) };
}

function showChange({ statuses, causes }: Change): string {
  const why = causes.length === 0 ? "" : `: ${causes.join(", ")}`;
  return `${showStatuses(statuses.map((status) => ({ status })))}${why}`;
}
