/** What the exit hall said, as values. Amounts in quote units, addresses in lower case. @see contracts/interfaces/IExitHall.sol */
import type { Place } from "./history.ts";

export interface InsuranceShown {
  readonly name: "insuranceShown";
  readonly value: bigint;
}

export interface LossShown {
  readonly name: "lossShown";
  readonly account: bigint;
  readonly loss: bigint;
}

export interface DepositShown {
  readonly name: "depositShown";
  /** The chain head that the deposit made. */
  readonly head: bigint;
  readonly to: string;
  readonly amount: bigint;
  /** What the log's receipt says that arrived; null when the endpoint does not know any more. */
  readonly arrived: bigint | null;
}

export interface HallOpened {
  readonly name: "opened";
  readonly backed: bigint;
  readonly owed: bigint;
  /** What the vault held right then; null when the endpoint does not know any more. */
  readonly held: bigint | null;
}

export interface AccountLeft {
  readonly name: "accountLeft";
  readonly account: bigint;
  readonly owner: string;
  readonly value: bigint;
  readonly paid: bigint;
}

export interface DepositReturned {
  readonly name: "depositReturned";
  readonly head: bigint;
  readonly to: string;
  readonly amount: bigint;
  readonly paid: bigint;
}

export type HallEvent = InsuranceShown | LossShown | DepositShown | HallOpened | AccountLeft | DepositReturned;

export interface HallRecord {
  readonly kind: "hall";
  readonly place: Place;
  readonly event: HallEvent;
}
