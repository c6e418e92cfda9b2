/** What a verification says, block by block. */
import { type Finding, type Status, statusOf } from "../check/verdict.ts";

/** One round, batch, operation, payment, or the state at the start or the head. */
export interface ReportEntry {
  readonly block: number | null;
  readonly transaction: string | null;
  readonly what: string;
  readonly findings: readonly Finding[];
  /** Facts worth reading that are neither right nor wrong. */
  readonly notes: readonly string[];
}

export interface VerdictReport {
  readonly status: Status;
  readonly chainId: bigint;
  readonly guard: string;
  readonly head: { readonly number: number; readonly hash: string; readonly time: bigint };
  readonly profile: string | null;
  readonly entries: readonly ReportEntry[];
  readonly counts: {
    readonly rounds: number;
    readonly batches: number;
    readonly operations: number;
    readonly claims: number;
    readonly checks: Readonly<Record<Status, number>>;
  };
}

/** The report over a list of entries. */
export function reportOf(
  subject: Pick<VerdictReport, "chainId" | "guard" | "head" | "profile">,
  entries: readonly ReportEntry[],
  counts: Omit<VerdictReport["counts"], "checks">,
): VerdictReport {
  const findings = entries.flatMap((entry) => entry.findings);
  const count = (status: Status) => findings.filter(({ verdict }) => verdict.status === status).length;
  const checks = { holds: count("holds"), violated: count("violated"), unknown: count("unknown") };
  return { status: statusOf(findings), ...subject, entries, counts: { ...counts, checks } };
}
