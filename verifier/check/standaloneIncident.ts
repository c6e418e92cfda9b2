/** Checks an incident that no proof brought: a note of the vault, the exit. */
import type { IncidentRecord } from "../replay/history.ts";
import { liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import { unpaidSum } from "./claims.ts";
import { causeName, causeNumber } from "./incidentCauses.ts";
import type { Notes } from "./incidentNotes.ts";
import { CouldNotCheckError, compared, type Finding, held, unknown, violated } from "./verdict.ts";

export interface IncidentCheck {
  readonly findings: readonly Finding[];
  readonly notes: Notes;
}

const [VAULT_SHORT, EXIT] = [causeNumber("vaultShort"), causeNumber("exit")];

/** What everyone can see of it: its cause, its times, and what was at stake. */
export function checkStandaloneIncident(replayed: Replayed, record: IncidentRecord): IncidentCheck {
  const { notes, totalsWord } = replayed;
  const { event, place } = record;
  const { cause, detectedAt } = event;
  const now = place.blockTime;
  const causeFinding = [VAULT_SHORT, EXIT].includes(cause)
    ? held("incident.cause")
    : violated("incident.cause", "other incidents begin and end with proofs", causeName(cause), "none");
  if (event.phase === "detected") {
    const findings = [
      causeFinding,
      compared("incident.detectedAt", "an incident begins in its block", detectedAt, now),
      compared("incident.stake", "what is at stake is what everyone is owed", event.stake, liabilitiesIn(totalsWord)),
    ];
    if (cause === VAULT_SHORT) {
      const once = compared("incident.once", "what is noted already is not noted again", notes.vaultShortSince, 0n);
      const vault = vaultFinding(replayed, record, true);
      return { findings: [...findings, once, vault], notes: { ...notes, vaultShortSince: now } };
    }
    return { findings, notes: cause === EXIT ? { ...notes, exitAt: now } : notes };
  }
  const isOwn = cause !== VAULT_SHORT || detectedAt === notes.vaultShortSince;
  const findings = [
    causeFinding,
    isOwn
      ? held("incident.open")
      : violated("incident.open", "an incident ends that has begun", detectedAt, notes.vaultShortSince),
    compared("incident.containedAt", "it restricts from its beginning", event.containedAt, detectedAt),
    compared("incident.recoveredAt", "it ends in its block", event.recoveredAt, now),
    ...(cause === VAULT_SHORT ? [vaultFinding(replayed, record, false)] : []),
  ];
  return { findings, notes: cause === VAULT_SHORT ? { ...notes, vaultShortSince: 0n } : notes };
}

/** A note says that the vault is short, or that it is not any more: so it must be, at that log. */
function vaultFinding(
  { totalsWord, claims }: Replayed,
  { held: tokens, place }: IncidentRecord,
  isShort: boolean,
): Finding {
  if (tokens === null) {
    const cause = new CouldNotCheckError(`the endpoint has no state of block ${place.block}: what did the vault hold?`);
    return unknown("incident.vault", cause);
  }
  const needed = liabilitiesIn(totalsWord) + unpaidSum(claims);
  if (tokens < needed === isShort) return held("incident.vault");
  const invariant = isShort
    ? "the vault is noted short when it holds less than liabilities and unpaid claims"
    : "the note ends when the vault holds liabilities and unpaid claims";
  return violated("incident.vault", invariant, tokens, needed);
}
