/** Checks one word of the council: that the guard's rules allowed it, and that enough members decided it. */
import type { CouncilRecord, Decision } from "../replay/councilHistory.ts";
import { liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import { checkIncidents } from "./claimedIncidents.ts";
import { checkLiftDecision, checkTightenDecision } from "./councilDecision.ts";
import { detected, recovered } from "./incidentNotes.ts";
import { NO_RESTRICTION, type Restriction, restUntil } from "./restriction.ts";
import type { CheckContext } from "./round.ts";
import { type Finding, held, type Value, violated } from "./verdict.ts";

export interface CouncilCheck {
  readonly findings: readonly Finding[];
  /** The last restriction of each market, after the record. */
  readonly council: readonly Restriction[];
}

type Tightening = Extract<CouncilRecord["event"], { readonly name: "tightened" }>;

const MAX_TIGHTEN_SEC = 86_400n;
const [STRESSED, HALTED] = [1n, 3n];

export function checkCouncil(
  replayed: Replayed,
  record: CouncilRecord,
  { council: terms }: CheckContext,
): CouncilCheck {
  const { event, place } = record;
  const { market } = event;
  const old = replayed.council;
  const last = old[Number(market)];
  if (terms === null || last === undefined) {
    const finding = violated("council.bound", "only a bound council restricts, and only markets", market, "nobody");
    return { findings: [finding], council: old };
  }
  const now = place.blockTime;
  const stake = liabilitiesIn(replayed.totalsWord);
  const { next, findings, derived } =
    event.name === "tightened"
      ? {
          next: restrictionOf(event, record.decision, now),
          findings: [
            ...checkTightening(event, last, now),
            ...checkTightenDecision(event, record.decision, old, now, terms),
          ],
          derived: [detected("council", market, now, stake), recovered("council", market, [now, now, event.until])],
        }
      : {
          next: { ...last, until: now },
          findings: [lasts(last, now), ...checkLiftDecision(event, record.decision, old, now, terms)],
          derived: [recovered("council", market, [last.from, last.from, now])],
        };
  const incidents = checkIncidents("council", record.incidents, { incidents: derived, isLatenessKnown: true });
  return {
    findings: [held("council.bound"), ...findings, ...incidents],
    council: old.map((restriction, at) => (at === Number(market) ? next : restriction)),
  };
}

function restrictionOf({ level, cause, until }: Tightening, decision: Decision, from: bigint): Restriction {
  return { level, cause, from, until, id: decision.name === "tightened" ? decision.nonce : 0n };
}

/** The guard's own rules. @see contracts/guard/CouncilHooks.sol */
function checkTightening({ level, until, cause }: Tightening, last: Restriction, now: bigint): readonly Finding[] {
  const rule = (check: string, invariant: string, isHeld: boolean, claimed: Value, derived: Value) =>
    isHeld ? held(check) : violated(check, invariant, claimed, derived);
  const seconds = until - now;
  const isFirst = last === NO_RESTRICTION;
  return [
    rule(
      "council.level",
      "a council asks for Stressed to Halted",
      level >= STRESSED && level <= HALTED,
      level,
      "1 to 3",
    ),
    rule(
      "council.duration",
      "a restriction lasts a day at most",
      seconds >= 1n && seconds <= MAX_TIGHTEN_SEC,
      seconds,
      "1 to 86400",
    ),
    rule("council.rest", "a restriction is followed by as long a rest", now >= restUntil(last), now, restUntil(last)),
    rule("council.cause", "no two in a row have the same cause", isFirst || last.cause !== cause, cause, last.cause),
  ];
}

function lasts({ until }: Restriction, now: bigint): Finding {
  if (until > now) return held("council.lasts");
  return violated("council.lasts", "only a restriction that lasts is lifted", now, until);
}
