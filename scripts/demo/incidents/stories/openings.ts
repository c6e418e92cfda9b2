/** How incidents begin: people of the cast deposit, in the order of their account numbers, and trade in a quiet minute. */
import type { Action, Scene } from "../../story/story.ts";

const DEPOSITS: readonly Action[] = [
  { type: "deposit", who: "Mira", amount: "60000" },
  { type: "deposit", who: "Liv", amount: "20000" },
  { type: "deposit", who: "Hana", amount: "7000" },
  { type: "deposit", who: "Carl", amount: "7000" },
];
const HANA_GOES_LONG: Action = { type: "trade", market: 0, buyer: "Hana", seller: "Mira", size: "60" };
const CARL_GOES_LONG: Action = { type: "trade", market: 1, buyer: "Carl", seller: "Mira", size: "200" };

const deposits = (text: string, actions: readonly Action[]): Scene => ({
  at: "12:00:00",
  round: false,
  text,
  actions,
  hurried: true,
});
const trades = (text: string, actions: readonly Action[]): Scene => ({ at: "12:01:00", round: true, text, actions });

/** Mira, Liv and Hana deposit; Hana goes long in the first market, against Mira. @param text of the second scene */
export const threePeople = (text: string): readonly Scene[] => [
  deposits("Three people deposit.", DEPOSITS.slice(0, 3)),
  trades(text, [HANA_GOES_LONG]),
];

/** Carl comes too, and goes long in the second market, against Mira. @param text of the second scene */
export const fourPeople = (text: string): readonly Scene[] => [
  deposits("Four people deposit.", DEPOSITS),
  trades(text, [HANA_GOES_LONG, CARL_GOES_LONG]),
];
