/** The guard's events of incidents as values, and what brought each of them about. */
import type { LogDescription } from "ethers";
import { causeNumber, type IncidentEvent } from "../check/incidentCauses.ts";
import type { ParsedLog } from "./parsedLog.ts";

const DETECTED = "IncidentDetected";
const RECOVERED = "IncidentRecovered";
const [COUNCIL, EXIT, VAULT_SHORT] = [causeNumber("council"), causeNumber("exit"), causeNumber("vaultShort")];

/** A round, batch or rollback; the council's word on that market; or itself: the exit, a note of the vault. */
export type Bringer = "proof" | "council" | "itself";

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

/** The incidents among the events of a transaction that this brought about, in their order. */
export function incidentsBy(bringer: Bringer, logs: readonly ParsedLog[]): readonly IncidentEvent[] {
  const incidents = logs.filter(({ event }) => isIncident(event)).map(({ event }) => readIncident(event));
  return incidents.filter((incident) => bringerOf(incident, logs) === bringer);
}

/** @param logs of the incident's transaction: a rollback may share it with others' calls, a proof that can be read may not */
export function bringerOf({ phase, cause, market }: IncidentEvent, logs: readonly ParsedLog[]): Bringer {
  const isSaid = (...names: readonly string[]) => logs.some(({ event }) => names.includes(event.name));
  const isWord = ({ event: { name, args } }: ParsedLog) =>
    ["Tightened", "Lifted"].includes(name) && args.market === market;
  if (cause === COUNCIL && logs.some(isWord)) return "council";
  if (isSaid("RoundProven", "BatchProven")) return "proof";
  const isOfNoRollback = cause === EXIT || (cause === VAULT_SHORT && phase === "detected");
  return isSaid("RolledBack") && !isOfNoRollback ? "proof" : "itself";
}
