/** Somebody finds the engine's fault and uses it, while others go on as if nothing were. */
import type { Action, Scene } from "../../story/story.ts";
import { marketTime } from "../../units.ts";

export const BELAS_DEPOSIT: Action = { type: "deposit", who: "Bela", amount: "2000" };
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
    text: "Hana goes long AAVE against Mira. Everything proven is covered by the vault.",
    actions: [{ type: "trade", market: 0, buyer: "Hana", seller: "Mira", size: "60" }],
  },
];
export const FAULT: Scene = {
  at: "12:01:30",
  round: false,
  text: "Carl has found the fault: 50,000 USD for nothing. Bela deposits 2,000 USD that she has.",
  actions: [{ type: "phantom", who: "Carl", amount: "50000" }, BELAS_DEPOSIT],
};
export const THEFT: Scene = {
  at: "12:01:48",
  round: false,
  text: "Carl asks for 30,000 USD of it. The proof is right: he has them by the log.",
  actions: [{ type: "withdraw", who: "Carl", amount: "30000" }],
};
export const ROLLBACK_SEC = marketTime("12:04:00");
export const REPOST_SEC = marketTime("12:04:24");
export const END: Scene = { at: "12:04:36", round: true, text: "A round, and life goes on.", actions: [] };
export const BOGUS_CLAIM = 0;
/** So that nobody's account changes by anything but the incident. */
export const NO_FUNDING = 0n;
