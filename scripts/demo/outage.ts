/** Time passes without a prover. The demo only lets blocks come, all of them empty, and reads what the guard says. */
import colors from "picocolors";
import { LIMITS, PARAMETERS } from "./parameters.ts";
import { NO_LEAD, showStatuses } from "./print/rows.ts";
import { engineCall } from "./stage/engineCalls.ts";
import { type MarketReading, readHaltCauses, readMarkets } from "./stage/readGuard.ts";
import { compose } from "./story/compose.ts";
import type { Ledger } from "./story/ledger.ts";
import type { Theatre } from "./theatre.ts";
import { showTime } from "./units.ts";

/** Seconds between blocks, as on Ethereum. */
const BLOCK_SEC = 12;

/**
 * Lets empty blocks come until `untilSec`, and tells every change of the guard's answer.
 * @param ledger the state as logged
 * @returns when the guard was first seen halted, unix seconds; null when it never was
 */
export async function waitThrough(theatre: Theatre, untilSec: number, ledger: Ledger): Promise<number | null> {
  const { chain, stage, terminal, observations, signal } = theatre;
  const firstBlock = await stage.provider.getBlockNumber();
  let told = "";
  let haltedAt: number | null = null;
  for (let timeSec = (await chain.clock.now()) + BLOCK_SEC; timeSec < untilSec; timeSec += BLOCK_SEC) {
    signal.throwIfAborted();
    await chain.clock.jumpTo(timeSec);
    const readings = await readMarkets(stage.guard);
    const causes = await readHaltCauses(stage.guard);
    if (causes.length > 0) haltedAt ??= timeSec;
    const answer = showStatuses(readings);
    if (answer === told) continue;
    told = answer;
    terminal.line(`  ${colors.bold(showTime(timeSec))}  ${answer}${reasonOf(readings, causes, timeSec)}`);
    if (causes.length > 0) await tellRefusal(theatre, ledger);
  }
  const emptyBlocks = await countEmptyBlocks(theatre, firstBlock + 1);
  if (emptyBlocks === null) observations.broken("halt", "somebody sent a transaction meanwhile");
  else if (haltedAt !== null) observations.kept("halt");
  if (emptyBlocks !== null)
    terminal.line(`${NO_LEAD}Nobody sent a transaction: the last ${emptyBlocks} blocks are empty.`);
  return haltedAt;
}

function reasonOf(readings: readonly MarketReading[], causes: readonly string[], timeSec: number): string {
  if (causes.length > 0) return `: ${causes.join(", ")} (limit ${LIMITS.proofDeadlineSec} s)`;
  const staleSec = Number(PARAMETERS.margin.staleSec);
  const stale = readings.some(({ prices }) => Number(prices.updatedAt) + staleSec < timeSec);
  return stale ? `: the proven price is older than ${staleSec} s` : ": what is proven still stands";
}

/** Asks the engine, without sending anything, what it would say to a new withdrawal. */
async function tellRefusal({ stage, context, terminal }: Theatre, ledger: Ledger): Promise<void> {
  const operation = compose({ type: "withdraw", who: "Mira", amount: "100" }, ledger, context);
  const { method, parameters } = engineCall(operation);
  try {
    await stage.engine.getFunction(method).staticCall(...parameters, { value: stage.feeWei });
    terminal.line(
      `${NO_LEAD}A new withdrawal would count only for an account without positions; nothing is paid meanwhile.`,
    );
  } catch (error) {
    const reason = (error as { revert?: { name?: string } | null }).revert?.name ?? "an error"; // ethers' CallException
    terminal.line(`${NO_LEAD}A new withdrawal would be refused now: ${reason}. Deposits and liquidations would not.`);
  }
}

/** @returns how many blocks came since; null when one of them holds a transaction */
async function countEmptyBlocks({ stage }: Theatre, firstBlock: number): Promise<number | null> {
  const head = await stage.provider.getBlockNumber();
  for (let number = firstBlock; number <= head; number++) {
    const block = await stage.provider.getBlock(number);
    if (block === null || block.transactions.length > 0) return null;
  }
  return head - firstBlock + 1;
}
