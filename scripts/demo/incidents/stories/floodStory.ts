/** Somebody posts forged withdrawals, first from one address and then from another. */
import { scriptedMarket } from "../../scriptedMarket.ts";
import type { Action, Scene } from "../../story/story.ts";

type Forger = "Mallory" | "Tess";
export const FORGED_EACH = 4;
export const forged = (by: Forger): readonly Action[] =>
  Array.from({ length: FORGED_EACH }, () => ({ type: "withdraw", who: "Liv", amount: "15000", forgedBy: by }));

export const SCENES: readonly Scene[] = [
  {
    at: "12:00:00",
    round: false,
    text: "Three people deposit.",
    actions: [
      { type: "deposit", who: "Mira", amount: "60000" },
      { type: "deposit", who: "Liv", amount: "20000" },
      { type: "deposit", who: "Hana", amount: "7000" },
    ],
    hurried: true,
  },
  {
    at: "12:01:00",
    round: true,
    text: "Hana goes long AAVE. Liv saves.",
    actions: [{ type: "trade", market: 0, buyer: "Hana", seller: "Mira", size: "60" }],
  },
];
export const FIRST_FLOOD: Scene = {
  at: "12:01:30",
  round: false,
  text: "Mallory posts withdrawals of Liv's money, signed with her own key.",
  actions: forged("Mallory"),
};
export const SECOND_FLOOD: Scene = {
  at: "12:02:00",
  round: true,
  text: "From another address, Tess's, the flood goes on.",
  actions: forged("Tess"),
};
export const HONEST: Scene = {
  at: "12:02:12",
  round: false,
  text: "In the pause Liv, who holds no position, asks for her money all the same.",
  actions: [{ type: "withdraw", who: "Liv", amount: "5000" }],
};
export const ROUND: Scene = { at: "12:03:24", round: true, text: "Rounds go on through the pause.", actions: [] };
export const MARKET = scriptedMarket([{ at: "12:00:00", prices: ["200", "25"] }]);
