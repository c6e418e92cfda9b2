/** Tells what was proven as soon as it is on chain, and notes which promises it keeps. */
import { setTimeout as sleep } from "node:timers/promises";
import colors from "picocolors";
import { minimum } from "../../verifier/model/arithmetic.ts";
import { rangeOf } from "./market.ts";
import { LIMITS, MARKETS } from "./parameters.ts";
import { narrate } from "./print/narrate.ts";
import { leadOf, NO_LEAD, roundRows, showBuffer, showRate } from "./print/rows.ts";
import type { ProvenBatch, ProvenRound } from "./stage/follower.ts";
import { type MarketReading, readMarkets } from "./stage/readGuard.ts";
import type { Theatre } from "./theatre.ts";
import { showBps, showPrice, showTime } from "./units.ts";

export interface Teller {
  /** Tells news until the work is done. @throws what the work throws, or the reason of an early end */
  during<T>(work: Promise<T>): Promise<T>;
  /** Reads the markets again, and tells buffers that have changed. */
  refresh(): Promise<void>;
}

const LOOK_MS = 120;
const noop = (): void => {};
/** A venue this far below or above the mark is a bad print: by half, or double. */
const BAD_PRINT_FACTOR = 2n;

export function createTeller(theatre: Theatre): Teller {
  const { follower, prover, stage, terminal, market, observations } = theatre;
  let readings: readonly MarketReading[] = [];
  let batches = 0;

  async function tellNews(): Promise<void> {
    for (const proven of await follower.news()) {
      if (proven.agrees) observations.kept("agreement");
      else observations.broken("agreement", `transaction ${proven.transaction}`);
      if (proven.kind === "round") await tellRound(proven);
      else tellBatch(proven);
    }
  }

  async function tellRound({ round, gasUsed, key }: ProvenRound): Promise<void> {
    const before = readings;
    readings = await readMarkets(stage.guard);
    const timeSec = Number(await stage.guard.getFunction("roundTimestamp").staticCall());
    const [first = "", ...rest] = roundRows(round, timeSec, readings, market);
    terminal.proven(first, { proofMs: prover.proofMs(key), gasUsed });
    for (const row of rest) terminal.line(row);
    for (const [index, reading] of readings.entries()) {
      const name = MARKETS[index]?.symbol ?? "";
      noteBreaker(name, before[index], reading, timeSec);
      noteBuffer(name, reading);
      noteBadPrint(name, market.pricesAt(timeSec)[index] ?? [], reading.prices.mark);
    }
  }

  function tellBatch({ actions, gasUsed, key }: ProvenBatch): void {
    batches++;
    for (const [index, action] of actions.entries()) {
      const lead = index === 0 ? leadOf("batch", batches) : NO_LEAD;
      const text = `${lead}${action.step.outcome.valid ? colors.green("✔") : colors.red("✖")} ${narrate(action)}`;
      const isLast = index === actions.length - 1;
      terminal.proven(text, isLast ? { proofMs: prover.proofMs(key), gasUsed } : undefined);
      notePromises(action);
    }
  }

  function notePromises({ action, step: { outcome } }: ProvenBatch["actions"][number]): void {
    const { type } = action;
    if ((type === "liquidate" || type === "backstop") && outcome.valid) observations.kept("liquidation");
    if (type === "withdraw" && action.forgedBy !== undefined && outcome.kind === "unauthorised")
      observations.kept("forgery");
    if (type === "withdraw" && action.forgedBy !== undefined && outcome.valid)
      observations.broken("forgery", "it was accepted");
    if (type === "withdraw" && outcome.kind === "margin") observations.kept("overdraft");
  }

  function note(text: string): void {
    terminal.line(`${NO_LEAD}${colors.yellow("!")} ${text}`);
  }

  function noteBreaker(name: string, before: MarketReading | undefined, now: MarketReading, timeSec: number): void {
    const { breakerUntil, mark, median } = now.prices;
    const wasSet = before !== undefined && before.prices.breakerUntil > before.prices.updatedAt;
    if (breakerUntil > timeSec) {
      const held = `mark held at ${showPrice(mark)} (median ${showPrice(median)})`;
      note(`${name} moved more than 8 sigma in one round: ${held}, reduce-only until ${showTime(breakerUntil)}`);
    } else if (wasSet) {
      note(`${name}'s breaker has cleared by itself, the mark is the median again`);
      observations.kept("breaker");
    }
  }

  function noteBuffer(name: string, { bufferBps, prices }: MarketReading): void {
    if (bufferBps === null || bufferBps * 2n ** 20n >= prices.maintenanceRate * 10_000n) return;
    const text = `${name}'s buffer, ${showBps(bufferBps)}, is below the maintenance margin of ${showRate(prices.maintenanceRate)}`;
    note(`${text}: ${LIMITS.cureSec} s to cure it`);
  }

  function noteBadPrint(name: string, prices: readonly (bigint | null)[], mark: bigint): void {
    const bad = prices.findIndex((price) => price !== null && price * BAD_PRINT_FACTOR < mark);
    const honest = rangeOf(prices.filter((_, index) => index !== bad));
    const price = prices[bad];
    if (price === undefined || price === null || honest === undefined) return;
    const off = Math.round((1 - Number(price) / Number(mark)) * 100);
    note(`one venue prints ${name} at ${showPrice(price)}, ${off} % below the mark: median and clamp leave it out`);
    if (minimum(mark, honest.low) === honest.low && mark <= honest.high) observations.kept("badPrint");
    else observations.broken("badPrint", `${name} was marked at ${showPrice(mark)}`);
  }

  return {
    async refresh() {
      const before = readings;
      readings = await readMarkets(stage.guard);
      const changed = readings.some(({ bufferBps }, index) => bufferBps !== before[index]?.bufferBps);
      const buffers = readings.map((reading, index) => `${MARKETS[index]?.symbol ?? ""} ${showBuffer(reading)}`);
      if (before.length > 0 && changed) terminal.line(`${NO_LEAD}  buffers now: ${buffers.join(", ")}`);
    },
    async during(work) {
      let done = false;
      const ended = work.then(noop, noop).then(() => {
        done = true;
      });
      while (!done) {
        theatre.signal.throwIfAborted();
        await tellNews();
        await Promise.race([ended, sleep(LOOK_MS, undefined, { signal: theatre.signal }).catch(() => {})]);
      }
      await tellNews();
      return work;
    },
  };
}
