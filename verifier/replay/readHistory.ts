/** A guard's history from chain data, checked for contradictions, up to one block. */
import { GUARD } from "../chain/interfaces.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { askContract, readVault } from "./askContract.ts";
import { checkCounts } from "./checkCounts.ts";
import type { History, HistoryRecord } from "./history.ts";
import { recordIncidents } from "./incidentLedger.ts";
import { readCouncil } from "./readCouncil.ts";
import { readGenesis } from "./readGenesis.ts";
import { hallInUse, readStoredHall } from "./readHall.ts";
import { checkComplete, createCache, readLogs } from "./readLogs.ts";
import { readRecords } from "./readRecords.ts";
import { readStoredCouncil } from "./readStoredCouncil.ts";
import { readStoredState } from "./readStoredState.ts";
import { uptimeReader } from "./readUptime.ts";
import type { Rpc } from "./rpc.ts";

export interface ReadRange {
  /** A block before or of the guard's deployment. */
  readonly fromBlock: number;
  /** The last block; the endpoint's head when absent. */
  readonly headBlock?: number;
}

/** @throws {CouldNotCheckError} when the endpoint fails, contradicts itself, or lacks something */
export async function readHistory(
  rpc: Rpc,
  guardAddress: string,
  { fromBlock, headBlock }: ReadRange,
): Promise<History> {
  const guard = guardAddress.toLowerCase();
  const chainId = await rpc.chainId();
  const head = await rpc.block(headBlock ?? (await rpc.headNumber()));
  if (headBlock !== undefined && head.number !== headBlock)
    throw new CouldNotCheckError(`block ${headBlock} has number ${head.number}`);
  if ((await rpc.code(guard, head.number)) === "0x")
    throw new CouldNotCheckError(`there is no contract at ${guard} in block ${head.number}`);
  const [engineAnswer] = await askContract(rpc, GUARD, guard, head.number, "engine");
  const engine = String(engineAnswer).toLowerCase();

  const cache = createCache(rpc);
  const guardLogs = await readLogs(rpc, cache, guard, fromBlock, head.number);
  const engineLogs = await readLogs(rpc, cache, engine, fromBlock, head.number);
  await checkComplete(cache, guardLogs, guard);
  await checkComplete(cache, engineLogs, engine);
  const hall = await hallInUse(rpc, guard, head.number);
  const hallLogs = hall === null ? [] : await readLogs(rpc, cache, hall, fromBlock, head.number);
  if (hall !== null) await checkComplete(cache, hallLogs, hall);
  const genesis = await readGenesis(cache, guardLogs);
  const bound = await readStoredCouncil(rpc, guard, head.number);
  const range = { chainId, guard, from: fromBlock, to: head.number };
  const reading = {
    ...{ rpc, cache, guard },
    vaultAfter: (block: number) => readVault(rpc, guard, block),
    uptimeAt: await uptimeReader(rpc, guard, head.number),
    decisionOf: await readCouncil(rpc, cache, bound, range),
  };
  const records = await readRecords(reading, { guardLogs, engineLogs, hallLogs });
  const seen = seenIn(records);
  const stored = {
    ...(await readStoredState(rpc, guard, head.number, seen)),
    council: bound && { terms: bound.terms, words: bound.words },
    hall: hall === null ? null : await readStoredHall(rpc, guard, hall, head.number, seen.deposits),
  };
  checkCounts(genesis, records, stored);

  const again = await rpc.block(head.number);
  if (again.hash !== head.hash) throw new CouldNotCheckError(`block ${head.number} was replaced while it was read`);
  return {
    chainId,
    guard,
    head: { number: head.number, hash: head.hash, time: head.timestamp },
    genesis,
    records,
    stored,
  };
}

/** How many claims, and which incidents and deposits in Exit, the records show. */
function seenIn(
  records: readonly HistoryRecord[],
): Parameters<typeof readStoredState>[3] & { readonly deposits: readonly bigint[] } {
  const claims = records.reduce((sum, record) => (record.kind === "batch" ? sum + record.claims.length : sum), 0);
  const incidents = records.reduce<ReturnType<typeof recordIncidents>>((known, record) => {
    if (record.kind === "incident") return recordIncidents(known, [record.event], record.place);
    return "incidents" in record ? recordIncidents(known, record.incidents, record.place) : known;
  }, []);
  const deposits = records.flatMap((record) =>
    record.kind === "hall" && record.event.name === "depositShown" ? [record.event.head] : [],
  );
  return { claims, incidents, deposits };
}
