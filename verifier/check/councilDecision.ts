/** Checks that enough members of the council decided what the guard did in its name. @see contracts/council/SecurityCouncil.sol */
import { maximum } from "../model/arithmetic.ts";
import { type CouncilRecord, type Decision, EVERY_MARKET } from "../replay/councilHistory.ts";
import { checkConsents } from "./consents.ts";
import { type CouncilDomain, proposeLiftDigest, tightenDigest } from "./councilMessage.ts";
import { newestId, type Restriction } from "./restriction.ts";
import { comparedLists, type Finding, held, unknown, violated } from "./verdict.ts";

/** The council that the guard is bound to. */
export interface CouncilTerms extends CouncilDomain {
  /** Consents that a message needs, and the delay of a lift, seconds; zeros where the contract says neither. */
  readonly threshold: bigint;
  readonly liftDelaySec: bigint;
}

type Event<N extends "tightened" | "lifted"> = Extract<CouncilRecord["event"], { readonly name: N }>;

const MIN_LIFT_DELAY_SEC = 21_600n;
const DECIDED = "the guard does what the council decided, once";

/** @param old the last restriction of each market, before. @param now unix seconds */
export function checkTightenDecision(
  event: Event<"tightened">,
  decision: Decision,
  old: readonly Restriction[],
  now: bigint,
  terms: CouncilTerms,
): readonly Finding[] {
  if (decision.name !== "tightened") return [undecided(decision, event.name)];
  const { nonce, market, level, durationSec, cause } = decision;
  const own = old[Number(event.market)]?.id ?? 0n;
  const isNew = nonce > own && (nonce > newestId(old) || market === EVERY_MARKET);
  return [
    comparedLists(
      "council.decision",
      DECIDED,
      [event.market, event.level, event.until, event.cause, isNew ? "new" : "used"],
      [covered(market, event.market), level, now + durationSec, cause, "new"],
    ),
    checkConsents(decision.sent, (deadline) => tightenDigest(terms, { ...decision, deadline }), terms.threshold, now),
  ];
}

export function checkLiftDecision(
  event: Event<"lifted">,
  decision: Decision,
  old: readonly Restriction[],
  now: bigint,
  terms: CouncilTerms,
): readonly Finding[] {
  if (decision.name !== "lifted") return [undecided(decision, event.name)];
  const { market, restriction, executed, proposed, derived, isCancelled, proposedAt, readyAt } = decision;
  const newest = market === EVERY_MARKET ? newestId(old) : (old[Number(event.market)]?.id ?? 0n);
  const delaySec = maximum(terms.liftDelaySec, MIN_LIFT_DELAY_SEC);
  const earliest = maximum(readyAt, proposedAt + delaySec);
  return [
    comparedLists(
      "council.decision",
      DECIDED,
      [event.market, executed, proposed, restriction, isCancelled ? "cancelled" : "in force"],
      [covered(market, event.market), proposed, derived, newest, "in force"],
    ),
    now >= earliest ? held("council.delay") : violated("council.delay", "a lift waits for its delay", now, earliest),
    checkConsents(
      decision.sent,
      (deadline) => proposeLiftDigest(terms, { ...decision, deadline }),
      terms.threshold,
      proposedAt,
    ),
  ];
}

/** The market itself when the council decided of it, or of all. */
const covered = (decided: bigint, market: bigint): bigint => (decided === EVERY_MARKET ? market : decided);

function undecided(decision: Decision, name: string): Finding {
  if (decision.name === "unknown") return unknown("council.decision", decision.cause);
  const why = decision.name === "none" ? decision.why : decision.name;
  return violated("council.decision", "the council decides what the guard does in its name", name, why);
}
