/** Somebody finds the engine's fault and uses it, while others go on as if nothing were. */
import type { Action, Scene } from "../../story/story.ts";
import { marketTime } from "../../units.ts";
import { threePeople } from "./openings.ts";

export const BELAS_DEPOSIT: Action = { type: "deposit", who: "Bela", amount: "2000" };
export const SCENES: readonly Scene[] = threePeople(
  "Hana goes long AAVE against Mira. Everything proven is covered by the vault.",
);
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
