/** The records of a history from the logs of guard, engine and exit hall, in chain order. */
import { ENGINE, GUARD, HALL } from "../chain/interfaces.ts";
import type { HistoryRecord } from "./history.ts";
import { parseLogs } from "./parsedLog.ts";
import { type Reading, readRecord } from "./readRecord.ts";
import type { RpcLog } from "./rpc.ts";

const OF_THE_LOG = ["OperationLogged", "LogForked"];

/** Everything after genesis. */
export async function readRecords(
  reading: Reading,
  { guardLogs, engineLogs, hallLogs }: Readonly<Record<"guardLogs" | "engineLogs" | "hallLogs", readonly RpcLog[]>>,
): Promise<readonly HistoryRecord[]> {
  const logged = parseLogs(ENGINE, engineLogs).filter(({ event }) => OF_THE_LOG.includes(event.name));
  const merged = [...parseLogs(GUARD, guardLogs), ...logged, ...parseLogs(HALL, hallLogs)].sort(
    ({ log: a }, { log: b }) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex,
  );
  const records: HistoryRecord[] = [];
  for (const one of merged) {
    const record = await readRecord(reading, one, merged);
    if (record !== null) records.push(record);
  }
  return records;
}
