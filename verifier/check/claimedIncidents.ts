/** The incidents that a transaction claims, against those that follow from it, in any order. */
import { causeNumber, type IncidentEvent, incidentText } from "./incidentCauses.ts";
import type { NotedProof } from "./incidentsOfProofs.ts";
import { unknownUptime } from "./uptime.ts";
import { comparedLists, type Finding } from "./verdict.ts";

const LATENESS = [causeNumber("proofLate"), causeNumber("roundLate")];

/** @param what "round", "batch", "rollback" or "council" */
export function checkIncidents(
  what: string,
  claimed: readonly IncidentEvent[],
  { incidents, isLatenessKnown }: Omit<NotedProof, "notes">,
): readonly Finding[] {
  const lines = (events: readonly IncidentEvent[]) =>
    events
      .filter(({ cause }) => isLatenessKnown || !LATENESS.includes(cause))
      .map(incidentText)
      .toSorted();
  const invariant = "incidents begin and end when they do";
  const finding = comparedLists(`${what}.incidents`, invariant, lines(claimed), lines(incidents));
  if (isLatenessKnown) return [finding];
  return [finding, unknownUptime(`${what}.lateness`)];
}
