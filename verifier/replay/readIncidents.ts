/** The guard's events of incidents as values. */
import type { LogDescription } from "ethers";
import type { IncidentEvent } from "../check/incidentCauses.ts";

const DETECTED = "IncidentDetected";
const RECOVERED = "IncidentRecovered";

export const isIncident = ({ name }: LogDescription): boolean => name === DETECTED || name === RECOVERED;

/** @param event one that {@link isIncident} */
export function readIncident({ name, args }: LogDescription): IncidentEvent {
  const { cause, market, detectedAt } = args;
  if (name === DETECTED) return { phase: "detected", cause, market, detectedAt, stake: args.stake };
  return {
    phase: "recovered",
    ...{ cause, market, detectedAt },
    ...{ containedAt: args.containedAt, recoveredAt: args.recoveredAt },
  };
}

/** The incidents among the events of a transaction, in their order. */
export function incidentsOf(events: readonly { readonly event: LogDescription }[]): readonly IncidentEvent[] {
  return events.filter(({ event }) => isIncident(event)).map(({ event }) => readIncident(event));
}
