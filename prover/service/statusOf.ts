import type { Connection } from "./connect.ts";
import type { ProverStatus } from "./handle.ts";
import type { View } from "./view.ts";

/** How far the chain was followed. */
export interface Head {
  /** Last block taken in; -1 before the first. */
  readonly number: number;
  /** Blocks between that and the newest one that may be followed. */
  readonly behind: number;
  /** It is the newest, and the guard has the same roots as the ledger at it. */
  readonly trusted: boolean;
  /** Its time, unix seconds. */
  readonly timeSec: bigint;
}

type Changing = Pick<ProverStatus, "phase" | "account" | "backend" | "work"> & {
  readonly failure: ProverStatus["failure"] | undefined;
};

/** The status page of a prover. Before the genesis everything is zero. */
export function statusOf(
  { chainId, guard, engine }: Connection,
  head: Head,
  view: View | null,
  changing: Changing,
): ProverStatus {
  const { failure, ...rest } = changing;
  return {
    ...rest,
    chainId,
    guard,
    engine,
    headBlock: head.number,
    blocksBehind: head.behind,
    operationsLogged: view?.logged ?? 0,
    operationsSettled: view?.settled ?? 0,
    rollbacks: view?.rollbacks ?? 0,
    round: view?.oracle.round ?? 0n,
    roundTimestampSec: view?.oracle.timestamp ?? 0n,
    stateRoot: view?.stateRoot ?? 0n,
    oracleRoot: view?.oracleRoot ?? 0n,
    ...(failure === undefined ? {} : { failure }),
  };
}
