/** Every incident with its times, as the guard's ledger keeps them. @see contracts/guard/IncidentLedger.sol */
import { causeNumber, type IncidentEvent } from "../check/incidentCauses.ts";
import type { Place } from "./history.ts";
import type { StoredIncident } from "./stored.ts";

const STAKE_LIMIT = (1n << 64n) - 1n;

/** The ledger after what a transaction said. */
export function recordIncidents(
  incidents: readonly StoredIncident[],
  events: readonly IncidentEvent[],
  place: Place,
): readonly StoredIncident[] {
  const known = [...incidents];
  for (const event of events) {
    const found = known.findIndex((incident) => isOf(incident, event));
    const at = found < 0 ? known.length : found;
    const before = known[at] ?? nothing(event);
    known[at] = event.phase === "detected" ? begun(event, place) : ended(before, event, place);
  }
  return known;
}

const isOf = (incident: StoredIncident, { cause, market, detectedAt }: IncidentEvent): boolean =>
  incident.cause === cause && incident.market === market && incident.detectedAt === detectedAt;

function nothing({ cause, market, detectedAt }: IncidentEvent): StoredIncident {
  const zeros = { detectedBlock: 0n, containedAt: 0n, recoveredBlock: 0n, recoveredAt: 0n, stake: 0n };
  return { cause, market, detectedAt, ...zeros };
}

/** Lateness began with time alone, in a block that nobody saw. */
function begun(event: Extract<IncidentEvent, { phase: "detected" }>, { block }: Place): StoredIncident {
  const isPast = [causeNumber("proofLate"), causeNumber("roundLate")].includes(event.cause);
  const stake = event.stake < STAKE_LIMIT ? event.stake : STAKE_LIMIT;
  return { ...nothing(event), detectedBlock: isPast ? 0n : BigInt(block), stake };
}

/** An end that lies ahead comes without a block. */
function ended(
  before: StoredIncident,
  { containedAt, recoveredAt }: Extract<IncidentEvent, { phase: "recovered" }>,
  { block, blockTime }: Place,
): StoredIncident {
  return { ...before, containedAt, recoveredAt, recoveredBlock: recoveredAt > blockTime ? 0n : BigInt(block) };
}
