/** Somebody posts forged withdrawals, first from one address and then from another. */
import { scriptedMarket } from "../../scriptedMarket.ts";
import type { Action, Scene } from "../../story/story.ts";
import { threePeople } from "./openings.ts";

type Forger = "Mallory" | "Tess";
export const FORGED_EACH = 4;
export const forged = (by: Forger): readonly Action[] =>
  Array.from({ length: FORGED_EACH }, () => ({ type: "withdraw", who: "Liv", amount: "15000", forgedBy: by }));

export const SCENES: readonly Scene[] = threePeople("Hana goes long AAVE. Liv saves.");
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
