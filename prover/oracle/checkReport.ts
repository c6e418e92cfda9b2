import { isValidKey } from "../../verifier/model/eddsa.ts";
import { isFieldElement } from "../../verifier/model/field.ts";
import type { Hasher } from "../../verifier/model/hasher.ts";
import { decodeReport, isReportSigned, type Report } from "../../verifier/model/report.ts";
import type { RoundOutlook } from "../service/handle.ts";

/** Why an aggregator does not take a report. */
export type Refusal =
  | "UNKNOWN_REPORTER"
  | "OUT_OF_RANGE"
  | "BAD_SIGNATURE"
  | "OLD_TIMESTAMP"
  | "FUTURE_TIMESTAMP"
  | "NO_PRICE"
  | "DUPLICATE";

export type ReportVerdict =
  | { readonly accepted: true; readonly report: Report }
  | { readonly accepted: false; readonly code: Refusal; readonly message: string };

export interface SubmittedReport {
  readonly slot: number;
  /** reportWord, R8x, R8y, S */
  readonly words: readonly bigint[];
}

/**
 * Whether a report would count in the next round, by the rules of the round's circuit, and is of any use to it.
 * @param maxAheadSec how far a report may be ahead of the chain's newest block, seconds
 */
export function checkReport(
  { slot, words }: SubmittedReport,
  outlook: RoundOutlook,
  hasher: Hasher,
  maxAheadSec: number,
): ReportVerdict {
  const refuse = (code: Refusal, message: string): ReportVerdict => ({ accepted: false, code, message });
  const key = outlook.reporterKeys[slot];
  if (key === undefined || !isValidKey(key)) return refuse("UNKNOWN_REPORTER", `no reporter has slot ${slot}`);
  if (words.length !== 4 || !words.every(isFieldElement))
    return refuse("OUT_OF_RANGE", "a report is four field elements");
  const report = decodeReport(words[0] ?? 0n, outlook.profile.markets);
  if (report === undefined) return refuse("OUT_OF_RANGE", "the report's word has bits above its last market");
  if (!isReportSigned(hasher, key, outlook.domain, words)) {
    return refuse("BAD_SIGNATURE", `not signed by the reporter of slot ${slot} for this guard`);
  }
  if (report.timestamp <= outlook.timestampSec) {
    return refuse("OLD_TIMESTAMP", `${report.timestamp} is not after the last round, ${outlook.timestampSec}`);
  }
  if (report.timestamp > outlook.chainTimeSec + BigInt(maxAheadSec)) {
    return refuse(
      "FUTURE_TIMESTAMP",
      `${report.timestamp} is more than ${maxAheadSec} s ahead of the chain, ${outlook.chainTimeSec}`,
    );
  }
  if (report.prices.every((price) => price === 0n)) return refuse("NO_PRICE", "the report has no price for any market");
  return { accepted: true, report };
}
