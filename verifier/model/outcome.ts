/** Why an operation changes nothing, in the order in which they are reported. */
export const FAILURE_KINDS = ["malformed", "unauthorised", "price", "margin"] as const;

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** What became of an operation. `kind` is the first failure, none when valid. */
export type Outcome =
  | { readonly valid: true; readonly kind?: undefined }
  | { readonly valid: false; readonly kind: FailureKind };

/** All four failure bits of an operation, as a circuit computes them. */
export type Failures = Readonly<Record<FailureKind, boolean>>;

export const NO_FAILURES: Failures = { malformed: false, unauthorised: false, price: false, margin: false };

export const VALID: Outcome = { valid: true };

/** The outcome that failure bits amount to. */
export function outcomeOf(failures: Failures): Outcome {
  const kind = FAILURE_KINDS.find((candidate) => failures[candidate]);
  return kind === undefined ? VALID : { valid: false, kind };
}
