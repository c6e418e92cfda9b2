/** What a verification says, block by block. */
import { causeName } from "../check/incidentCauses.ts";
import { type Finding, type Status, statusOf } from "../check/verdict.ts";
import type { StoredIncident } from "./stored.ts";

/** One round, batch, operation, payment, or the state at the start or the head. */
export interface ReportEntry {
  readonly block: number | null;
  readonly transaction: string | null;
  readonly what: string;
  readonly findings: readonly Finding[];
  /** Facts worth reading that are neither right nor wrong. */
  readonly notes: readonly string[];
}

/** An incident with its times: unix seconds; null while it lasts, and for what it never had to do. */
export interface IncidentEntry extends StoredIncident {
  /** Its cause by name. */
  readonly name: string;
  /** From its beginning until a restriction took effect, and until its end, seconds. */
  readonly secondsToContain: bigint | null;
  readonly secondsToRecover: bigint | null;
}

export interface VerdictReport {
  readonly status: Status;
  readonly chainId: bigint;
  readonly guard: string;
  readonly head: { readonly number: number; readonly hash: string; readonly time: bigint };
  readonly profile: string | null;
  readonly entries: readonly ReportEntry[];
  readonly incidents: readonly IncidentEntry[];
  readonly counts: {
    readonly rounds: number;
    readonly batches: number;
    readonly operations: number;
    readonly claims: number;
    readonly rollbacks: number;
    readonly incidents: number;
    readonly checks: Readonly<Record<Status, number>>;
  };
}

type Counts = Omit<VerdictReport["counts"], "checks">;

/** Counts of a report that comes to nothing. */
export const NOTHING: Counts = { rounds: 0, batches: 0, operations: 0, claims: 0, rollbacks: 0, incidents: 0 };

/** The report over a list of entries. */
export function reportOf(
  subject: Pick<VerdictReport, "chainId" | "guard" | "head" | "profile">,
  entries: readonly ReportEntry[],
  counts: Counts,
  incidents: readonly StoredIncident[] = [],
): VerdictReport {
  const findings = entries.flatMap((entry) => entry.findings);
  const count = (status: Status) => findings.filter(({ verdict }) => verdict.status === status).length;
  const checks = { holds: count("holds"), violated: count("violated"), unknown: count("unknown") };
  return {
    status: statusOf(findings),
    ...subject,
    entries,
    incidents: incidents.map(incidentEntry),
    counts: { ...counts, checks },
  };
}

function incidentEntry(incident: StoredIncident): IncidentEntry {
  const { cause, detectedAt, containedAt, recoveredAt } = incident;
  return {
    ...incident,
    name: causeName(cause),
    secondsToContain: containedAt === 0n ? null : containedAt - detectedAt,
    secondsToRecover: recoveredAt === 0n ? null : recoveredAt - detectedAt,
  };
}
