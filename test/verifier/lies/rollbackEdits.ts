/** Changes to what is told of the first rollback. */
import type { History } from "../../../verifier/replay/history.ts";
import type { RollbackRecord } from "../../../verifier/replay/rollbackHistory.ts";
import { edit } from "../helpers/edit.ts";

/** What the check of the rule says when it finds none. */
export const RULE = "rollback.rule: a rule allows the rollback, to this state and now";

type Event = RollbackRecord["event"];
export const editEvent = (history: History, change: Partial<Event>): History =>
  edit(history, "rollback", 0, (record) => ({ ...record, event: { ...record.event, ...change } }));
export const editFork = (history: History, change: Partial<NonNullable<RollbackRecord["fork"]>>): History =>
  edit(history, "rollback", 0, (record) => ({ ...record, fork: record.fork && { ...record.fork, ...change } }));
export const later = (history: History, seconds: bigint): History =>
  edit(history, "rollback", 0, (record) => ({
    ...record,
    place: { ...record.place, blockTime: record.place.blockTime + seconds },
  }));

/** To the first batch, true in everything but that. */
export function rollBackFurther(
  history: History,
  { abandonedCount, voidClaims }: { readonly abandonedCount: bigint; readonly voidClaims: bigint },
): History {
  const [first] = history.records.filter((record) => record.kind === "batch");
  const newStateRoot = first?.update.newStateRoot ?? 0n;
  const changed = editEvent(history, { settled: 2n, newStateRoot, firstVoidClaim: 0n, voidClaims });
  return editFork(changed, { fromIndex: 2n, abandonedCount });
}
