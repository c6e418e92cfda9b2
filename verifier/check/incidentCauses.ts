/** Incident causes by number. @see contracts/libraries/IncidentCause.sol */
export const INCIDENT_CAUSES = [
  "none",
  "breach",
  "bankrupt",
  "breaker",
  "deficit",
  "proofLate",
  "roundLate",
  "vaultShort",
  "unauthorised",
  "rollback",
  "exit",
  "council",
] as const;

export type IncidentCause = (typeof INCIDENT_CAUSES)[number];

/** In the place of a market: everything. */
export const ALL_MARKETS = 255n;

/** What the guard says when an incident begins; times in unix seconds, stake in quote units. */
export interface IncidentDetected {
  readonly phase: "detected";
  readonly cause: bigint;
  readonly market: bigint;
  readonly detectedAt: bigint;
  readonly stake: bigint;
}

/** What the guard says when it ends, or how it will end by itself. `containedAt` 0: it had no consequences. */
export interface IncidentRecovered {
  readonly phase: "recovered";
  readonly cause: bigint;
  readonly market: bigint;
  readonly detectedAt: bigint;
  readonly containedAt: bigint;
  readonly recoveredAt: bigint;
}

export type IncidentEvent = IncidentDetected | IncidentRecovered;

/** The name of a cause, for people. */
export const causeName = (cause: bigint): string => INCIDENT_CAUSES[Number(cause)] ?? `cause ${cause}`;

export const causeNumber = (name: IncidentCause): bigint => BigInt(INCIDENT_CAUSES.indexOf(name));

/** An event as one line, so that lists of them can be compared. */
export function incidentText(event: IncidentEvent): string {
  const { cause, market, detectedAt } = event;
  const where = market === ALL_MARKETS ? "everywhere" : `in market ${market}`;
  const what = `${causeName(cause)} ${where} since ${detectedAt}`;
  return event.phase === "detected"
    ? `${what}: detected, ${event.stake} at stake`
    : `${what}: contained ${event.containedAt}, recovered ${event.recoveredAt}`;
}
