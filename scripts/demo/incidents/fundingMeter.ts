/** Follows the funding index on chain, and computes it again from the seconds outside the breaker's spans alone. */
import { FUNDING_FRACTION_BITS } from "../../../verifier/model/constants.ts";
import { MARKETS } from "../parameters.ts";
import { type MarketReading, readMarkets } from "../stage/readGuard.ts";
import type { Theatre } from "../theatre.ts";
import type { Direction } from "./direction.ts";

interface Span {
  readonly fromSec: number;
  readonly untilSec: number;
}

export interface FundingMeter {
  /** Reads the markets after a round. */
  read(): Promise<void>;
  /** By market. */
  newest(): readonly MarketReading[];
  /** Funding of a market must stand still in a span, unix seconds. */
  freeze(market: number, fromSec: number, untilSec: number): void;
  /** Compares the indices on chain with the recomputed ones. */
  tell(direction: Direction, key: string): void;
}

/** @param rate what everybody reports, below the cap; 2^-20 per 2^16 s */
export function createFundingMeter({ stage, startSec }: Theatre, rate: bigint): FundingMeter {
  const readings: (readonly MarketReading[])[] = [];
  const spans = new Map<number, Span[]>();

  /** Funding index by the marks of the rounds and the seconds outside the given spans, ticks. */
  function indexOutside(market: number, frozen: readonly Span[]): bigint {
    let sum = 0n;
    let fromSec = startSec;
    for (const reading of readings) {
      const prices = reading[market]?.prices;
      if (prices === undefined) continue;
      const untilSec = Number(prices.updatedAt);
      const still = frozen.reduce((total, span) => total + overlap(span, { fromSec, untilSec }), 0);
      sum += rate * prices.mark * BigInt(untilSec - fromSec - still);
      fromSec = untilSec;
    }
    return sum >> FUNDING_FRACTION_BITS;
  }

  return {
    async read() {
      readings.push(await readMarkets(stage.guard));
    },
    newest: () => readings.at(-1) ?? [],
    freeze(market, fromSec, untilSec) {
      spans.set(market, [...(spans.get(market) ?? []), { fromSec, untilSec }]);
    },
    tell(direction, key) {
      for (const [market, { symbol }] of MARKETS.entries()) {
        const frozen = spans.get(market) ?? [];
        const proven = readings.at(-1)?.[market]?.prices.fundingIndex;
        const derived = indexOutside(market, frozen);
        const seconds = frozen.reduce((total, { fromSec, untilSec }) => total + untilSec - fromSec, 0);
        const text = `${symbol}: a long paid ${proven} ticks a lot, with ${seconds} s frozen; without a breaker it were ${indexOutside(market, [])}`;
        direction.saw(key, proven === derived, text);
      }
    },
  };
}

/** Seconds that two spans share. */
function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.untilSec, b.untilSec) - Math.max(a.fromSec, b.fromSec));
}
