/** Checks an incident that no proof brought: a note of the vault, the council's word, the exit. */
import type { IncidentRecord } from "../replay/history.ts";
import { liabilitiesIn, type Replayed } from "../replay/replayed.ts";
import { causeName, causeNumber } from "./incidentCauses.ts";
import type { Notes } from "./incidentNotes.ts";
import { compared, type Finding, held, violated } from "./verdict.ts";

export interface IncidentCheck {
  readonly findings: readonly Finding[];
  readonly notes: Notes;
}

const [VAULT_SHORT, EXIT, COUNCIL] = [causeNumber("vaultShort"), causeNumber("exit"), causeNumber("council")];

/** What everyone can see of it: its cause, its times, and what was at stake. */
export function checkStandaloneIncident({ notes, totalsWord }: Replayed, record: IncidentRecord): IncidentCheck {
  const { event, place } = record;
  const { cause, detectedAt } = event;
  const now = place.blockTime;
  const causeFinding = [VAULT_SHORT, EXIT, COUNCIL].includes(cause)
    ? held("incident.cause")
    : violated("incident.cause", "other incidents begin and end with proofs", causeName(cause), "none");
  if (event.phase === "detected") {
    const findings = [
      causeFinding,
      compared("incident.detectedAt", "an incident begins in its block", detectedAt, now),
      compared("incident.stake", "what is at stake is what everyone is owed", event.stake, liabilitiesIn(totalsWord)),
    ];
    if (cause === VAULT_SHORT) return { findings, notes: { ...notes, vaultShortSince: now } };
    return { findings, notes: cause === EXIT ? { ...notes, exitAt: now } : notes };
  }
  const isOwn = cause !== VAULT_SHORT || detectedAt === notes.vaultShortSince;
  const findings = [
    causeFinding,
    isOwn
      ? held("incident.open")
      : violated("incident.open", "an incident ends that has begun", detectedAt, notes.vaultShortSince),
    compared("incident.containedAt", "it restricts from its beginning", event.containedAt, detectedAt),
    event.recoveredAt >= now
      ? held("incident.recoveredAt")
      : violated("incident.recoveredAt", "it ends now or later", event.recoveredAt, now),
  ];
  return { findings, notes: cause === VAULT_SHORT ? { ...notes, vaultShortSince: 0n } : notes };
}
