/** Copies of a history with one thing changed. */
import type { BatchRecord, History, HistoryRecord, RoundRecord } from "../../../verifier/replay/history.ts";
import type { VerifierContract } from "../../../verifier/replay/stored.ts";

type Kind = HistoryRecord["kind"];
type RecordOf<K extends Kind> = Extract<HistoryRecord, { kind: K }>;

/** The history with its n-th record of a kind (from 0) replaced. */
export function edit<K extends Kind>(
  history: History,
  kind: K,
  n: number,
  change: (record: RecordOf<K>) => HistoryRecord | null,
): History {
  let seen = -1;
  const records = history.records.flatMap((record) => {
    if (record.kind !== kind || ++seen !== n) return [record];
    const changed = change(record as RecordOf<K>);
    return changed === null ? [] : [changed];
  });
  if (seen < n) throw new RangeError(`there is no ${kind} ${n}`);
  return { ...history, records };
}

export function editBatch(history: History, n: number, update: Partial<BatchRecord["update"]>): History {
  return edit(history, "batch", n, (record) => ({ ...record, update: { ...record.update, ...update } }));
}

export function editRound(history: History, n: number, update: Partial<RoundRecord["update"]>): History {
  return edit(history, "round", n, (record) => ({ ...record, update: { ...record.update, ...update } }));
}

export function editGenesis(history: History, genesis: Partial<History["genesis"]>): History {
  return { ...history, genesis: { ...history.genesis, ...genesis } };
}

export function editStored(history: History, stored: Partial<History["stored"]>): History {
  return { ...history, stored: { ...history.stored, ...stored } };
}

/** The list with one element replaced. */
export function withElement<T>(list: readonly T[], at: number, change: (element: T) => T): readonly T[] {
  return list.map((element, index) => (index === at ? change(element) : element));
}

export function editVerifier(
  history: History,
  circuit: keyof History["stored"]["verifiers"],
  change: Partial<VerifierContract>,
): History {
  const { verifiers } = history.stored;
  return editStored(history, { verifiers: { ...verifiers, [circuit]: { ...verifiers[circuit], ...change } } });
}

/** The history with every record of a kind repeated at once. */
export function twice(history: History, kind: HistoryRecord["kind"]): History {
  return {
    ...history,
    records: history.records.flatMap((record) => (record.kind === kind ? [record, record] : [record])),
  };
}
