/** A price jump that everybody reports, twice: the breaker holds the mark, freezes funding and lets go by itself. */
import { LIMITS } from "../parameters.ts";
import type { Scene } from "../story/story.ts";
import { marketTime, showTime } from "../units.ts";
import type { Direction } from "./direction.ts";
import { createFundingMeter, type FundingMeter } from "./fundingMeter.ts";
import { COMMON_PROMISES, type Incident } from "./incident.ts";
import { closeAccounts } from "./losses.ts";
import {
  AAVE,
  AFTER,
  AGAIN,
  BACK,
  BACK_AGAIN,
  END,
  FUNDING,
  JUMP,
  MARKET,
  QUIET,
  SCENES,
} from "./stories/breakerStory.ts";

export const BREAKER: Incident = {
  title: "one market jumps, and jumps again",
  about:
    "All reporters agree on a price that is further away than eight sigma. The proof itself sets the breaker: the mark moves no further than that, risk can only be reduced, funding stands still. A second trip soon after the first doubles the cool-down. Nobody sets or clears anything.",
  play: {
    market: MARKET,
    scenes: SCENES,
    limits: LIMITS,
    promises: {
      trip: "the jump set the breaker of its market, and the mark moved no further than allowed",
      reduceOnly: "while it was set, a trade that adds risk was nullified and one that reduces it was not",
      untouched: "the other market stayed Normal and open all the time",
      clears: "the breaker cleared by itself, at its second, without a transaction",
      escalates: "the second trip doubled the cool-down",
      frozen: "funding stood still for exactly the spans of the breaker, to the unit",
      conserved: "what everybody has together stayed the same, to the unit",
      ...COMMON_PROMISES,
    },
  },
  async perform(direction) {
    const meter = createFundingMeter(direction.theatre, FUNDING);
    const play = async (scene: Scene): Promise<void> => {
      await direction.scene(scene);
      if (scene.round) await meter.read();
    };
    for (const scene of QUIET) await play(scene);
    const before = await direction.holdings();

    await play(JUMP);
    await sawTrip(direction, meter);
    await play(BACK);
    await sawClearing(direction, "clears", meter);
    await play(AFTER);

    await play(AGAIN);
    meter.freeze(AAVE, marketTime(AGAIN.at), await sawEscalation(direction, meter));
    await play(BACK_AGAIN);
    await sawClearing(direction, "clears", meter);
    await play(END);

    meter.tell(direction, "frozen");
    await closeAccounts(direction, before, ["before the jump", "after"]);
  },
};

async function sawTrip(direction: Direction, meter: FundingMeter): Promise<void> {
  const [aave, avax] = meter.newest();
  const until = Number(aave?.prices.breakerUntil ?? 0n);
  const tripped = aave !== undefined && aave.status === "Broken" && aave.prices.mark < aave.prices.median;
  direction.saw("trip", tripped, `AAVE is ${aave?.status}: reduce-only until ${showTime(until)}`);
  meter.freeze(AAVE, marketTime(JUMP.at), until);
  const [more, less, other] = direction.outcomes(3);
  const reduced = more === "price" && less === "valid";
  direction.saw("reduceOnly", reduced, `Hana's 10 more: ${more} failure, nullified; 20 less: ${less}`);
  const open = avax?.status === "Normal" && other === "valid";
  direction.saw("untouched", open, `AVAX is ${avax?.status}: Carl's 100 more are ${other}`);
}

async function sawEscalation(direction: Direction, meter: FundingMeter): Promise<number> {
  const [aave, avax] = meter.newest();
  const until = Number(aave?.prices.breakerUntil ?? 0n);
  const [first, second] = [60, until - marketTime(AGAIN.at)];
  direction.saw("escalates", second === 2 * first, `reduce-only for ${second} s this time, until ${showTime(until)}`);
  if (avax?.status !== "Normal") direction.saw("untouched", false, `AVAX is ${avax?.status}`);
  return until;
}

/** Broken one second before its end, Normal at it; only empty blocks between. */
async function sawClearing(direction: Direction, key: string, meter: FundingMeter): Promise<void> {
  const until = Number(meter.newest()[AAVE]?.prices.breakerUntil ?? 0n);
  const held = (await direction.pass(until - 1)).every(({ statuses }) => statuses[AAVE] === "Broken");
  const [end] = await direction.pass(until);
  const clear = end?.statuses.every((status) => status === "Normal") ?? false;
  direction.saw(
    key,
    held && clear,
    `Broken until the second before, Normal in block ${end?.block}: nobody did anything`,
  );
}
