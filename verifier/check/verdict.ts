/** Three-valued verdicts: "could not check" is never "violated", and never "holds". */

/** A number or a text that two sides are compared by. */
export type Value = bigint | string;

export type Verdict =
  | { readonly status: "holds" }
  | { readonly status: "violated"; readonly invariant: string; readonly claimed: Value; readonly derived: Value }
  | { readonly status: "unknown"; readonly cause: Error };

export type Status = Verdict["status"];

/** The answer of one check. `check` is a stable dotted name, such as "round.newOracleRoot". */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
}

/** Something needed for a check is missing, unreadable or contradicts itself. */
export class CouldNotCheckError extends Error {
  override readonly name = "CouldNotCheckError";
  readonly code = "COULD_NOT_CHECK";
}

/** What the chain says against what the verifier derives. */
export function compared(check: string, invariant: string, claimed: Value, derived: Value): Finding {
  return {
    check,
    verdict: claimed === derived ? { status: "holds" } : { status: "violated", invariant, claimed, derived },
  };
}

/** A list compared element by element; the first difference is the finding. */
export function comparedLists(
  check: string,
  invariant: string,
  claimed: readonly Value[],
  derived: readonly Value[],
): Finding {
  if (claimed.length !== derived.length)
    return compared(check, `${invariant}: length`, BigInt(claimed.length), BigInt(derived.length));
  const at = claimed.findIndex((value, index) => value !== derived[index]);
  return at < 0 ? held(check) : compared(check, `${invariant}, element ${at}`, claimed[at] ?? "", derived[at] ?? "");
}

export function held(check: string): Finding {
  return { check, verdict: { status: "holds" } };
}

export function violated(check: string, invariant: string, claimed: Value, derived: Value): Finding {
  return { check, verdict: { status: "violated", invariant, claimed, derived } };
}

export function unknown(check: string, cause: unknown): Finding {
  const error = cause instanceof Error ? cause : new CouldNotCheckError(String(cause));
  return { check, verdict: { status: "unknown", cause: error } };
}

/** The verdict of several: one violation decides, then one unknown. Nothing checked is unknown. */
export function statusOf(findings: readonly Finding[]): Status {
  const seen = new Set(findings.map((finding) => finding.verdict.status));
  if (seen.has("violated")) return "violated";
  return seen.has("unknown") || seen.size === 0 ? "unknown" : "holds";
}
