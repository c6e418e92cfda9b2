/** A guard that goes back to an earlier proven state, as the chain claims it. */
import type { IncidentEvent } from "../check/incidentCauses.ts";
import type { UptimeAnswers } from "../check/uptime.ts";
import type { Place } from "./history.ts";

/** The guard's event, the fork of the log that came with it, and what the vault held. */
export interface RollbackRecord {
  readonly kind: "rollback";
  readonly place: Place;
  readonly event: {
    readonly cause: bigint;
    /** Operations settled after it and before it. */
    readonly settled: bigint;
    readonly abandonedSettled: bigint;
    readonly newStateRoot: bigint;
    readonly firstVoidClaim: bigint;
    readonly voidClaims: bigint;
  };
  /** Null when the log did not fork in the same transaction. */
  readonly fork: {
    readonly fork: bigint;
    readonly fromIndex: bigint;
    readonly abandonedCount: bigint;
    readonly abandonedHead: bigint;
  } | null;
  readonly incidents: readonly IncidentEvent[];
  readonly uptime: UptimeAnswers;
  /** Tokens in the vault, and tokens of all deposits ever, after the block; null when the endpoint does not know any more. */
  readonly vault: { readonly held: bigint; readonly arrived: bigint } | null;
}
