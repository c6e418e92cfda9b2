/** What the steps of a replay have in common: where it stops, and what it says then. */
import type { SolvencyCheck } from "../check/solvency.ts";
import { CouldNotCheckError, type Finding, statusOf, unknown } from "../check/verdict.ts";
import type { HistoryRecord } from "./history.ts";
import type { Replayed } from "./replayed.ts";
import type { ReportEntry } from "./report.ts";

export interface ReplayStep {
  readonly entry: Omit<ReportEntry, "block" | "transaction">;
  readonly replayed: Replayed;
}

/** Roots that differ: what follows builds on values that the verifier does not have. A bad proof alone changes none. */
export function departs(findings: readonly Finding[]): boolean {
  const mere = [".proof", ".event", ".incidents", ".rule", ".unpaid"]; // what the state does not depend on
  const essential = findings.filter(({ check }) => !mere.some((end) => check.endsWith(end)));
  return statusOf(essential) !== "holds";
}

/** The replay after a record whose effect is not known. */
export function stopAt(replayed: Replayed, record: HistoryRecord): Replayed {
  return stop(stop(replayed, record, "rounds"), record, "batches");
}

export function stop(replayed: Replayed, { place }: HistoryRecord, what: keyof Replayed["broken"]): Replayed {
  return { ...replayed, broken: { ...replayed.broken, [what]: replayed.broken[what] ?? place.block } };
}

/** What a record that cannot be replayed amounts to. @param block where the replay stopped */
export function stoppedStep(what: string, check: string, block: number, replayed: Replayed): ReplayStep {
  const error = new CouldNotCheckError(`it builds on block ${block}, which did not hold or could not be read`);
  return { entry: { what, findings: [unknown(check, error)], notes: [] }, replayed };
}

export function solvencyNotes({ accounts, unhealthy, bankrupt }: SolvencyCheck): readonly string[] {
  return [`${accounts} accounts`, ...(unhealthy > 0 ? [`${unhealthy} below maintenance, ${bankrupt} bankrupt`] : [])];
}
