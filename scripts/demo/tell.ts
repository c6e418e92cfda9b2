/** Tells what was proven as soon as it is on chain, and notes which promises it keeps. */
import { setTimeout as sleep } from "node:timers/promises";
import colors from "picocolors";
import { notesOf } from "./notes.ts";
import { MARKETS } from "./parameters.ts";
import { narrate } from "./print/narrate.ts";
import { leadOf, NO_LEAD, roundRows, showBuffer } from "./print/rows.ts";
import type { ProvenBatch, ProvenRound } from "./stage/follower.ts";
import { type MarketReading, readMarkets } from "./stage/readGuard.ts";
import type { Theatre } from "./theatre.ts";

export interface Teller {
  /** Tells news until the work is done. @throws what the work throws, or the reason of an early end */
  during<T>(work: Promise<T>): Promise<T>;
  /** Reads the markets again, and tells buffers that have changed. */
  refresh(): Promise<void>;
}

const LOOK_MS = 120;
const noop = (): void => {};

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
    const facts = { timeSec, before, now: readings, prices: market.pricesAt(timeSec), ledger: follower.ledger() };
    for (const { text, kept, broken } of notesOf(facts, theatre.context)) {
      terminal.line(`${NO_LEAD}${colors.yellow("!")} ${text}`);
      if (kept !== undefined) observations.kept(kept);
      if (broken !== undefined) observations.broken(broken, text);
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
    if (type !== "withdraw") return;
    if (outcome.kind === "margin") observations.kept("overdraft");
    if (action.forgedBy === undefined) return;
    if (outcome.kind === "unauthorised") observations.kept("forgery");
    else observations.broken("forgery", `it was found ${outcome.kind ?? "valid"}`);
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
        await Promise.race([ended, sleep(LOOK_MS, undefined, { signal: theatre.signal }).catch(noop)]);
      }
      await tellNews();
      return work;
    },
  };
}
