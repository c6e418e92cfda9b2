/** What is remarkable about a round, and which promise it keeps or breaks. Pure. */
import { health } from "../../verifier/model/margin.ts";
import { accountAt } from "../../verifier/model/tree.ts";
import { rangeOf } from "./market.ts";
import { LIMITS, MARKETS, PARAMETERS } from "./parameters.ts";
import { showRate } from "./print/rows.ts";
import type { PromiseKey } from "./promises.ts";
import type { MarketReading } from "./stage/readGuard.ts";
import { CAST } from "./story/cast.ts";
import { type Ledger, type LedgerContext, termsOf } from "./story/ledger.ts";
import { showPrice, showTime } from "./units.ts";

export interface Note {
  readonly text: string;
  readonly kept?: PromiseKey;
  readonly broken?: PromiseKey;
}

/** A venue below the mark by this factor shows a bad print. */
const BAD_PRINT_FACTOR = 2n;

export interface RoundFacts {
  /** Of the reports, unix seconds. */
  readonly timeSec: number;
  readonly before: readonly MarketReading[];
  readonly now: readonly MarketReading[];
  /** By market, then by venue; null for a silent one. */
  readonly prices: readonly (readonly (bigint | null)[])[];
  /** As proven. */
  readonly ledger: Ledger;
}

export function notesOf(facts: RoundFacts, context: LedgerContext): readonly Note[] {
  return [...breakerNotes(facts), ...bufferNotes(facts), ...badPrintNotes(facts, context)];
}

const symbolOf = (market: number): string => MARKETS[market]?.symbol ?? String(market);

function breakerNotes({ before, now, timeSec }: RoundFacts): readonly Note[] {
  return now.flatMap(({ prices }, market): Note[] => {
    const { breakerUntil, mark, median } = prices;
    const last = before[market]?.prices;
    if (breakerUntil > timeSec) {
      if (last?.breakerUntil === breakerUntil)
        return [{ text: `${symbolOf(market)} is still reduce-only until ${showTime(breakerUntil)}` }];
      const what = `${symbolOf(market)} ${mark === median ? walked(market) : "moved more than 8 sigma at once"}`;
      const held = `mark ${mark === median ? "at" : "held at"} ${showPrice(mark)}, median ${showPrice(median)}`;
      return [{ text: `${what}: ${held}; reduce-only until ${showTime(breakerUntil)}` }];
    }
    const wasSet = last !== undefined && last.breakerUntil > last.updatedAt;
    return wasSet ? [{ text: `${symbolOf(market)}'s breaker has cleared by itself`, kept: "breaker" }] : [];
  });
}

/** The median is where the mark could follow, so it is the anchor that it has left. */
function walked(market: number): string {
  return `has walked more than ${showRate(PARAMETERS.oracle.markets[market]?.anchorRate ?? 0n)} from its anchor`;
}

function bufferNotes({ now }: RoundFacts): readonly Note[] {
  return now.flatMap(({ bufferBps, prices: { maintenanceRate } }, market): Note[] => {
    if (bufferBps === null || bufferBps * 2n ** 20n >= maintenanceRate * 10_000n) return [];
    const what = `${symbolOf(market)}'s buffer is below the maintenance margin of ${showRate(maintenanceRate)}`;
    return [{ text: `${what}: some account's bound is crossed, ${LIMITS.cureSec} s to cure it` }];
  });
}

function badPrintNotes({ now, prices, ledger }: RoundFacts, context: LedgerContext): readonly Note[] {
  return now.flatMap(({ prices: { mark } }, market): Note[] => {
    const shown = prices[market] ?? [];
    const bad = shown.findIndex((price) => price !== null && price * BAD_PRINT_FACTOR < mark);
    const honest = rangeOf(shown.filter((_, venue) => venue !== bad));
    const price = shown[bad];
    if (price === undefined || price === null || honest === undefined) return [];
    const others = `${showPrice(honest.low)} to ${showPrice(honest.high)}`;
    const isHonest = mark >= honest.low && mark <= honest.high;
    const promise = isHonest ? { kept: "badPrint" as const } : { broken: "badPrint" as const };
    const alone = unhealthyAt(
      ledger,
      prices.map((venues) => venues[bad] ?? null),
      context,
    );
    const marked = unhealthyAt(
      ledger,
      now.map((reading) => reading.prices.mark),
      context,
    );
    return [
      { text: `one venue prints ${symbolOf(market)} at ${showPrice(price)}, the others show ${others}`, ...promise },
      { text: `accounts to liquidate at that venue's prices: ${alone}; at the proven marks: ${marked}` },
    ];
  });
}

/** How many accounts are below maintenance at given marks. */
function unhealthyAt({ state, oracle }: Ledger, marks: readonly (bigint | null)[], context: LedgerContext): number {
  const markets = oracle.markets.map((market, index) => ({ ...market, mark: marks[index] ?? market.mark }));
  const terms = termsOf({ state, oracle: { ...oracle, markets } }, context);
  const accounts = CAST.map((_, index) => accountAt(state.tree, index + 1));
  return accounts.filter((account) => health(account, terms) < 0n).length;
}
