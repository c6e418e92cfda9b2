/** Two jumps of one market, each of which everybody reports and most of which is taken back. */
import { scriptedMarket } from "../../scriptedMarket.ts";
import type { Scene } from "../../story/story.ts";
import { fourPeople } from "./openings.ts";

export const [AAVE, AVAX] = [0, 1];
/** Close to the cap of 0.5 % in 18 h, so that a frozen minute shows in whole ticks. */
export const FUNDING = 5000n;

export const MARKET = scriptedMarket(
  [
    { at: "12:00:00", prices: ["200", "25"] },
    { at: "12:02:00", prices: ["206", "25"] }, // 3 % at once
    { at: "12:02:30", prices: ["200.9", "25.01"] }, // and back
    { at: "12:05:00", prices: ["190", "25.02"] }, // 5 % the other way
    { at: "12:06:00", prices: ["197.5", "25.02"] },
  ],
  FUNDING,
);

export const QUIET: readonly Scene[] = fourPeople(
  "A quiet minute: Hana goes long AAVE, Carl goes long AVAX, both against Mira.",
);

export const JUMP: Scene = {
  at: "12:02:00",
  round: true,
  text: "All four reporters say AAVE is 3 % up. Hana wants more, then less; Carl wants more AVAX.",
  actions: [
    { type: "trade", market: AAVE, buyer: "Hana", seller: "Mira", size: "10" },
    { type: "trade", market: AAVE, buyer: "Mira", seller: "Hana", size: "20" },
    { type: "trade", market: AVAX, buyer: "Carl", seller: "Mira", size: "100" },
  ],
};
export const BACK: Scene = { at: "12:02:30", round: true, text: "The jump is over; the breaker is not.", actions: [] };
export const AFTER: Scene = {
  at: "12:03:24",
  round: true,
  text: "The cool-down has passed. What was refused is allowed again.",
  actions: [{ type: "trade", market: AAVE, buyer: "Hana", seller: "Mira", size: "10" }],
};
export const AGAIN: Scene = {
  at: "12:05:00",
  round: true,
  text: "Another jump so soon: AAVE falls 5 % at once.",
  actions: [],
};
export const BACK_AGAIN: Scene = { at: "12:06:00", round: true, text: "Most of it is taken back.", actions: [] };
export const END: Scene = { at: "12:07:24", round: true, text: "Both markets are calm.", actions: [] };
export const SCENES = [...QUIET, JUMP, BACK, AFTER, AGAIN, BACK_AGAIN, END];
