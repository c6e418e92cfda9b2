/** A fall of AAVE that nobody liquidates, in steps that no breaker is needed for; how far it goes decides who pays. */
import type { RecordedMarket } from "../../market.ts";
import { scriptedMarket } from "../../scriptedMarket.ts";
import type { Scene } from "../../story/story.ts";

export const AAVE = 0;
/** Bela's long, in AAVE. */
const BELA_SIZE = "160";

/** @param bottom what AAVE costs from 12:04:30 on, USD */
export function crashMarket(bottom: string): RecordedMarket {
  return scriptedMarket([
    { at: "12:00:00", prices: ["200", "25"] },
    { at: "12:02:00", prices: ["199", "25"] },
    { at: "12:03:00", prices: ["196", "25"] },
    { at: "12:04:00", prices: ["186", "25"] },
    { at: "12:04:30", prices: [bottom, "25"] },
  ]);
}

/** Until Bela is bankrupt. */
export const CRASH: readonly Scene[] = [
  {
    at: "12:00:00",
    round: false,
    text: "Five people deposit.",
    actions: [
      { type: "deposit", who: "Mira", amount: "100000" },
      { type: "deposit", who: "Liv", amount: "30000" },
      { type: "deposit", who: "Hana", amount: "40000" },
      { type: "deposit", who: "Carl", amount: "20000" },
      { type: "deposit", who: "Bela", amount: "2200" },
    ],
    hurried: true,
  },
  {
    at: "12:01:00",
    round: true,
    text: "Hana goes long AAVE with much margin, Bela with as little as is allowed; Mira and Carl are short.",
    actions: [
      { type: "trade", market: AAVE, buyer: "Hana", seller: "Mira", size: "600" },
      { type: "trade", market: AAVE, buyer: "Bela", seller: "Carl", size: BELA_SIZE },
    ],
  },
  { at: "12:02:00", round: true, text: "AAVE begins to fall.", actions: [] },
  { at: "12:03:00", round: true, text: "The fall goes on. Bela is still above maintenance.", actions: [] },
  {
    at: "12:04:00",
    round: true,
    text: "AAVE falls through Bela's margin and through her whole deposit at once. Nobody liquidates her.",
    actions: [],
  },
];
