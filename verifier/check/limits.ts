/** The guard's own immutables, as far as a replay needs them. */
import type { IncidentLimits } from "./incidentNotes.ts";
import type { OutflowLimits } from "./outflow.ts";

export interface GuardLimits extends IncidentLimits, OutflowLimits {
  /** From the creation of a claim to its payment, seconds. */
  readonly claimDelaySec: bigint;
}
