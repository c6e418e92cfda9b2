/** What the guard says of its council, and what the council itself decided, as the chain claims it. */
import type { IncidentEvent } from "../check/incidentCauses.ts";
import type { Place } from "./history.ts";

/** In the place of a market: all of them. */
export const EVERY_MARKET = (1n << 256n) - 1n;

/** One member's consent, as it was sent; addresses in lower case. */
export interface ConsentRecord {
  readonly member: string;
  /** Hex. */
  readonly signature: string;
  readonly isMember: boolean;
  /** What the member's own contract says of the signature (ERC-1271) after the block; "none" for an account without code. */
  readonly byContract: "none" | "accepts" | "refuses";
}

/** What came with a message in its calldata; deadline in unix seconds. */
export interface Sent {
  readonly deadline: bigint;
  readonly consents: readonly ConsentRecord[];
}

/** A message of the council's. */
interface SignedMessage {
  readonly nonce: bigint;
  /** An error where the calldata cannot be read. */
  readonly sent: Sent | Error;
}

export interface TightenDecision extends SignedMessage {
  readonly name: "tightened";
  readonly market: bigint;
  readonly level: bigint;
  readonly durationSec: bigint;
  readonly cause: bigint;
}

export interface LiftDecision extends SignedMessage {
  readonly name: "lifted";
  readonly market: bigint;
  /** The restriction that it ends, by its nonce. */
  readonly restriction: bigint;
  /** What the timelock executed, what the council proposed, and what market, restriction and nonce lead to: hashes. */
  readonly executed: string;
  readonly proposed: string;
  readonly derived: string;
  readonly isCancelled: boolean;
  /** Unix seconds. */
  readonly proposedAt: bigint;
  readonly readyAt: bigint;
}

/** Why no decision is known: the contracts say that there is none, or they could not be asked or understood. */
export type NoDecision =
  | { readonly name: "none"; readonly why: string }
  | { readonly name: "unknown"; readonly cause: Error };

export type Decision = TightenDecision | LiftDecision | NoDecision;

/** One market tightened or lifted, as the guard says it, and the decision that led to it. */
export interface CouncilRecord {
  readonly kind: "council";
  readonly place: Place;
  readonly event:
    | {
        readonly name: "tightened";
        readonly market: bigint;
        readonly level: bigint;
        /** Unix seconds. */
        readonly until: bigint;
        readonly cause: bigint;
      }
    | { readonly name: "lifted"; readonly market: bigint };
  readonly decision: Decision;
  /** What the guard's ledger says of this market in that transaction. */
  readonly incidents: readonly IncidentEvent[];
}
