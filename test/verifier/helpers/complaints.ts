/** All findings of a report that do not hold, those about missing keys apart, as "entry: check: reason". */
import type { VerdictReport } from "../../../verifier/replay/report.ts";

export function complaintsOf(report: VerdictReport): readonly string[] {
  return report.entries.flatMap(({ what, findings }) =>
    findings.flatMap(({ check, verdict }) => {
      if (verdict.status === "holds" || /\.proof$|^key\./.test(check)) return [];
      return [`${what}: ${check}: ${verdict.status === "violated" ? verdict.invariant : verdict.cause.message}`];
    }),
  );
}
