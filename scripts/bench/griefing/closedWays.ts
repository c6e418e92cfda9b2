import { quorum } from "../../../verifier/model/profile.ts";
import type { Surroundings } from "./waysIn.ts";

/** A way in that no fee, gas or capital opens, and why. */
export interface ClosedWay {
  readonly name: string;
  readonly reason: string;
}

/** What an attacker may try in vain. */
export function closedWays({ guard, profile }: Pick<Surroundings, "guard" | "profile">): readonly ClosedWay[] {
  const liars = profile.faulty + 1;
  const silent = profile.reporters - quorum(profile) + 1;
  return [
    {
      name: "edge, cleared in time",
      reason: `a breach that one operation clears within cureSec = ${guard.cureSec} s restricts nothing, however often it comes`,
    },
    {
      name: "oracle nudge",
      reason: `fewer than f + 1 = ${liars} of ${profile.reporters} reporters cannot move a median out of the honest reports' range; the rest is moving the market itself`,
    },
    {
      name: "reporters' silence",
      reason: `fewer than n - 2f = ${silent} of ${profile.reporters} reporters cannot stop rounds`,
    },
    { name: "proof withholding", reason: "anyone may prove and submit: withholding alone stops nobody else" },
    { name: "rejected proofs", reason: "they revert and change nothing" },
    {
      name: "one sender's flood",
      reason: `senderLimit = ${guard.senderLimit} refuses the sender, nobody else; whoever posts for others can lose that many fees to signers who change their key`,
    },
    { name: "claims of dust", reason: "claims are paid one by one; none is ever walked over" },
    {
      name: "council",
      reason:
        "m members must sign; a day at most, then a rest as long: at most half of the time, and it ends by itself",
    },
  ];
}
