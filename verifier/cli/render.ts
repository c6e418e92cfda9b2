/** A report as text for people, and as JSON for programs. */
import pc from "picocolors";
import { ALL_MARKETS } from "../check/incidentCauses.ts";
import type { Finding, Status } from "../check/verdict.ts";
import { statusOf } from "../check/verdict.ts";
import type { IncidentEntry, ReportEntry, VerdictReport } from "../replay/report.ts";

const WORDS: Readonly<Record<Status, string>> = { holds: "HOLDS", violated: "VIOLATED", unknown: "COULD NOT CHECK" };
const MARKS: Readonly<Record<Status, string>> = { holds: "ok", violated: "VIOLATED", unknown: "unknown" };
const LONG = 24;

/** One line per round, batch, operation and payment; below it what does not hold, claimed against derived. */
export function renderText(report: VerdictReport, verbose: boolean): string {
  const { chainId, guard, head, counts, status, profile } = report;
  const shown = report.entries.filter((entry) => verbose || !isQuiet(entry));
  const { checks } = counts;
  return [
    `guard ${guard} on chain ${chainId}, profile ${profile ?? "unknown"}, to block ${head.number} ${head.hash}`,
    ...shown.flatMap(renderEntry),
    ...report.incidents.map(renderIncident),
    `${counts.rounds} rounds, ${counts.batches} batches, ${counts.operations} operations, ${counts.claims} claims, ${counts.rollbacks} rollbacks, ${counts.incidents} incidents; checks: ${checks.holds} hold, ${checks.violated} violated, ${checks.unknown} unknown`,
    paint(status, WORDS[status]),
  ].join("\n");
}

/** The verdict as it is; integers as decimal text, errors by name and message. */
export function renderJson(report: VerdictReport): string {
  return JSON.stringify(
    report,
    (_, value: unknown) => {
      if (typeof value === "bigint") return value.toString();
      if (value instanceof Error)
        return { name: value.name, message: value.message, code: "code" in value ? value.code : undefined };
      return value;
    },
    2,
  );
}

/** Operations that hold are many and say little. */
function isQuiet({ what, findings }: ReportEntry): boolean {
  return what.startsWith("operation ") && statusOf(findings) === "holds";
}

function renderEntry(entry: ReportEntry): readonly string[] {
  const status = statusOf(entry.findings);
  const block = entry.block === null ? "" : `block ${entry.block}`;
  const checks = entry.findings.length === 1 ? "1 check" : `${entry.findings.length} checks`;
  const notes = entry.notes.length === 0 ? "" : `  (${entry.notes.join("; ")})`;
  return [
    `${block.padEnd(12)} ${entry.what.padEnd(30)} ${paint(status, MARKS[status])}  ${checks}${notes}`,
    ...entry.findings.flatMap(renderFinding),
  ];
}

function renderIncident({ name, market, ...incident }: IncidentEntry): string {
  const { detectedAt, secondsToContain, secondsToRecover, stake } = incident;
  const where = market === ALL_MARKETS ? "everywhere" : `market ${market}`;
  const contained = secondsToContain === null ? "no restriction" : `contained after ${secondsToContain} s`;
  const recovered = secondsToRecover === null ? "lasts" : `recovered after ${secondsToRecover} s`;
  return `incident     ${`${name}, ${where}`.padEnd(30)} at ${detectedAt}: ${contained}, ${recovered}, ${stake} at stake`;
}

function renderFinding({ check, verdict }: Finding): readonly string[] {
  if (verdict.status === "holds") return [];
  if (verdict.status === "unknown") return [`    ${check}: could not check: ${verdict.cause.message}`];
  return [
    `    ${check}: ${verdict.invariant}`,
    `        claimed ${show(verdict.claimed)}`,
    `        derived ${show(verdict.derived)}`,
  ];
}

function show(value: bigint | string): string {
  if (typeof value === "string") return value;
  return value.toString().length > LONG ? `0x${value.toString(16)}` : value.toString();
}

function paint(status: Status, text: string): string {
  if (status === "holds") return pc.green(text);
  return status === "violated" ? pc.red(text) : pc.yellow(text);
}
