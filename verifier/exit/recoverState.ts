/** The last proven state from chain data alone: replayed, and held against the guard's own root. */
import { type UnprovenDeposit, unprovenDeposits } from "../check/unprovenDeposits.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import type { Hasher } from "../model/hasher.ts";
import { createHasher } from "../model/hasher.ts";
import type { OracleState } from "../model/oracle.ts";
import { type State, stateRoot } from "../model/state.ts";
import type { History } from "../replay/history.ts";
import { type ReadRange, readHistory } from "../replay/readHistory.ts";
import { currentOracle } from "../replay/replayed.ts";
import { foldHistory } from "../replay/replayHistory.ts";
import type { Rpc } from "../replay/rpc.ts";

export interface RecoveredState {
  readonly history: History;
  readonly hasher: Hasher;
  readonly state: State;
  /** The last proven prices. */
  readonly oracle: OracleState;
  /** Deposits that it does not hold, also those that came without tokens or were posted again. */
  readonly deposits: readonly UnprovenDeposit[];
}

/**
 * Replays a guard's history. Proofs are not checked: the guard has checked them, and a state with the guard's root is the one that
 * the exit hall pays by, whatever led to it.
 * @throws {CouldNotCheckError} when the history cannot be read or replayed, or leads to another root than the guard's
 */
export async function recoverState(rpc: Rpc, guard: string, range: ReadRange): Promise<RecoveredState> {
  const history = await readHistory(rpc, guard, range);
  const hasher = await createHasher();
  const { end } = foldHistory(history, hasher, null);
  if (end === null) throw new CouldNotCheckError("nothing can be replayed from the guard's genesis");
  const { replayed } = end;
  const broken = replayed.broken.rounds ?? replayed.broken.batches;
  if (broken !== null) throw new CouldNotCheckError(`the replay stopped at block ${broken}: npm run verify says why`);
  const derived = stateRoot(hasher, replayed.state);
  if (derived !== history.stored.stateRoot) {
    throw new CouldNotCheckError(
      `the replayed state has root ${derived}, the guard's is ${history.stored.stateRoot}: npm run verify says more`,
    );
  }
  const { state } = replayed;
  return { history, hasher, state, oracle: currentOracle(replayed), deposits: unprovenDeposits(replayed) };
}
