import type { Hasher } from "../../verifier/model/hasher.ts";
import { quorum } from "../../verifier/model/profile.ts";
import type { RoundOutlook } from "../service/handle.ts";
import { checkReport, type ReportVerdict, type SubmittedReport } from "./checkReport.ts";

/** A report that waits for its round. */
export interface CollectedReport extends SubmittedReport {
  readonly timestampSec: bigint;
  readonly prices: readonly bigint[];
  readonly fundingRates: readonly bigint[];
}

/** The newest good report of each reporter. Forgets what a proven round has made old. */
export interface Collection {
  /** Takes a report in, or says why not. A newer report of the same reporter replaces the older one. */
  add(submitted: SubmittedReport): ReportVerdict;
  reports(): readonly CollectedReport[];
  /** Whether there are enough for a round. */
  hasQuorum(): boolean;
  /** The words of a round: four per slot, zeros where there is no report. */
  words(): readonly bigint[];
}

const ABSENT = [0n, 0n, 0n, 0n] as const;

export function createCollection(outlook: () => RoundOutlook, hasher: Hasher, maxAheadSec: number): Collection {
  const bySlot = new Map<number, CollectedReport>();

  function current(): readonly CollectedReport[] {
    const { timestampSec } = outlook();
    for (const [slot, report] of bySlot) if (report.timestampSec <= timestampSec) bySlot.delete(slot);
    return [...bySlot.values()].toSorted((left, right) => left.slot - right.slot);
  }

  return {
    add(submitted) {
      const verdict = checkReport(submitted, outlook(), hasher, maxAheadSec);
      if (!verdict.accepted) return verdict;
      const { timestamp: timestampSec, prices, fundingRates } = verdict.report;
      const known = bySlot.get(submitted.slot);
      if (known !== undefined && known.timestampSec >= timestampSec) {
        const message = `slot ${submitted.slot} has a report of ${known.timestampSec} already`;
        return { accepted: false, code: "DUPLICATE", message };
      }
      bySlot.set(submitted.slot, { ...submitted, timestampSec, prices, fundingRates });
      return verdict;
    },
    reports: current,
    hasQuorum: () => current().length >= quorum(outlook().profile),
    words() {
      const waiting = current();
      const slots = Array.from({ length: outlook().profile.reporters }, (_, slot) => slot);
      return slots.flatMap((slot) => waiting.find((report) => report.slot === slot)?.words ?? ABSENT);
    },
  };
}
