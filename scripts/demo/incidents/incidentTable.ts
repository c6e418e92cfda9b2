/** The guard's ledger of incidents as a table: facts on chain, read from its views. */
import { padEnd, padStart, type Terminal } from "../print/terminal.ts";
import { showTime, showUsd } from "../units.ts";
import { nameOfCause } from "./causes.ts";
import type { IncidentRecord } from "./guardWatch.ts";

const CAUSE_WIDTH = 24;
const PLACE_WIDTH = 22;
const STAKE_WIDTH = 16;

/** One line an incident: what, detected, contained, recovered, at stake. */
export function showIncidents(terminal: Terminal, records: readonly IncidentRecord[]): void {
  const line = (cause: string, detected: string, contained: string, recovered: string, stake: string) =>
    terminal.line(
      `  ${padEnd(cause, CAUSE_WIDTH)}${padEnd(detected, PLACE_WIDTH)}${padEnd(contained, PLACE_WIDTH)}${padEnd(recovered, PLACE_WIDTH)}${padStart(stake, STAKE_WIDTH)}`,
    );
  terminal.heading("The guard's own ledger of incidents");
  line("incident", "detected", "contained", "recovered", "at stake, USD");
  for (const { cause, market, detectedAt, detectedBlock, containedAt, recoveredBlock, recoveredAt, stake } of records) {
    const since = (time: number) => `${showTime(time)} +${time - detectedAt} s`;
    line(
      nameOfCause(cause, market),
      `${showTime(detectedAt)} ${blockOf(detectedBlock)}`,
      containedAt === 0 ? (recoveredAt === 0 ? "" : "never needed") : since(containedAt),
      recoveredAt === 0 ? "not yet" : `${since(recoveredAt)} ${blockOf(recoveredBlock)}`,
      showUsd(stake),
    );
  }
}

const blockOf = (block: number): string => (block === 0 ? "by time" : `#${block}`);
