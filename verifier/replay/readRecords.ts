/** The records of a history from the logs of guard and engine and from calldata. */
import { Interface, type LogDescription } from "ethers";
import { ENGINE_ABI } from "../chain/abi.ts";
import { causeNumber } from "../check/incidentCauses.ts";
import type { UptimeAnswers } from "../check/uptime.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { GUARD, readBatch, readRound } from "./calldata.ts";
import { directCall } from "./directCall.ts";
import type { ClaimRecord, GenesisRecord, HistoryRecord, Place, RollbackRecord } from "./history.ts";
import type { DecisionOf } from "./readCouncil.ts";
import { HALL, readHallEvent } from "./readHall.ts";
import { incidentsOf, isIncident, readIncident } from "./readIncidents.ts";
import type { ChainCache } from "./readLogs.ts";
import type { Rpc, RpcLog } from "./rpc.ts";
import { vaultAt } from "./vaultAt.ts";

const [COUNCIL, VAULT_SHORT] = [causeNumber("council"), causeNumber("vaultShort")];

export const ENGINE = new Interface(ENGINE_ABI);

/** A log of the guard or the engine with its meaning. */
export interface GuardLog {
  readonly log: RpcLog;
  readonly event: LogDescription;
}

/** What is asked of other contracts for single records. */
export interface Questions {
  /** Tokens in the vault, and tokens of all deposits ever, after a block; null when the endpoint does not know. */
  readonly vaultAfter: (block: number) => Promise<RollbackRecord["vault"]>;
  readonly uptimeAt: (block: number) => Promise<UptimeAnswers>;
  readonly decisionOf: DecisionOf;
}

/**
 * The constructor's event.
 * @throws {CouldNotCheckError} when there is none, or more than one
 */
export async function readGenesis(cache: ChainCache, guardLogs: readonly RpcLog[]): Promise<GenesisRecord> {
  const found = parseAll(GUARD, guardLogs).filter(({ event }) => event.name === "Genesis");
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new CouldNotCheckError(`the guard has ${found.length} Genesis events`);
  const { args } = first.event;
  return {
    place: await placeOf(cache, first.log),
    stateRoot: args.stateRoot,
    oracleRoot: args.oracleRoot,
    oracleParameters: [...args.oracleParameters],
    marginParameters: [...args.marginParameters],
    reporterKeys: [...args.reporterKeys],
    oracleWords: [...args.oracleWords],
  };
}

/** Everything after genesis, in chain order. */
export async function readRecords(
  rpc: Rpc,
  cache: ChainCache,
  guard: string,
  { guardLogs, engineLogs, hallLogs }: Readonly<Record<"guardLogs" | "engineLogs" | "hallLogs", readonly RpcLog[]>>,
  questions: Questions,
): Promise<readonly HistoryRecord[]> {
  const events = parseAll(GUARD, guardLogs);
  const ofLog = ["OperationLogged", "LogForked"];
  const logged = parseAll(ENGINE, engineLogs).filter(({ event }) => ofLog.includes(event.name));
  const merged = [...events, ...logged, ...parseAll(HALL, hallLogs)].sort(
    ({ log: a }, { log: b }) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex,
  );
  const records: HistoryRecord[] = [];
  for (const { log, event } of merged) {
    const record = await readRecord({ rpc, cache, guard, ...questions }, { log, event }, merged);
    if (record !== null) records.push(record);
  }
  return records;
}

interface Reading extends Questions {
  readonly rpc: Rpc;
  readonly cache: ChainCache;
  readonly guard: string;
}

async function readRecord(
  { rpc, cache, guard, vaultAfter, uptimeAt, decisionOf }: Reading,
  { log, event }: GuardLog,
  all: readonly GuardLog[],
): Promise<HistoryRecord | null> {
  const place = await placeOf(cache, log);
  const { args } = event;
  const siblings = all.filter((other) => other.log.transactionHash === log.transactionHash);
  const sibling = (name: string) => siblings.find((other) => other.event.name === name)?.event;
  const incidents = incidentsOf(siblings);
  if (isIncident(event)) {
    const ofProof = ["RoundProven", "BatchProven", "RolledBack"].some((name) => sibling(name) !== undefined);
    const said = readIncident(event);
    if (ofProof || (said.cause === COUNCIL && wordsOf(siblings, said.market).length > 0)) return null;
    return {
      kind: "incident",
      place,
      event: said,
      held: said.cause === VAULT_SHORT ? await vaultAt(rpc, guard, log) : null,
    };
  }
  switch (event.name) {
    case "OperationLogged":
      return { kind: "operation", place, index: args.index, words: [...args.words] };
    case "ClaimPaid":
      return { kind: "payment", place, ...claimOf(event) };
    case "RoundProven":
      return readable(place, `round ${args.round}`, async () => {
        const { round, timestamp, newOracleRoot } = args;
        const uptime = await uptimeAt(log.blockNumber);
        const call = readRound(await directCall(rpc, log), guard);
        return { kind: "round", place, ...call, event: { round, timestamp, newOracleRoot }, incidents, uptime };
      });
    case "BatchProven":
      return readable(place, `batch from operation ${args.firstOperation}`, async () => {
        const { firstOperation, count, round, newStateRoot, outcomeWord, totalsWord, box, lossWord, arrived } = args;
        const event = { firstOperation, count, round, newStateRoot, outcomeWord, totalsWord, box, lossWord, arrived };
        const uptime = await uptimeAt(log.blockNumber);
        const call = readBatch(await directCall(rpc, log), guard);
        const created = siblings.filter((other) => other.event.name === "ClaimCreated");
        const claims = created.map((other) => claimOf(other.event));
        return { kind: "batch", place, ...call, event, incidents, uptime, claims };
      });
    case "RolledBack": {
      const { cause, settled, abandonedSettled, newStateRoot, firstVoidClaim, voidClaims } = args;
      const fork = sibling("LogForked")?.args;
      return {
        kind: "rollback",
        place,
        event: { cause, settled, abandonedSettled, newStateRoot, firstVoidClaim, voidClaims },
        fork: fork === undefined ? null : forkOf(fork),
        incidents,
        vault: await vaultAfter(log.blockNumber),
        uptime: await uptimeAt(log.blockNumber),
      };
    }
    case "Tightened":
    case "Lifted": {
      const { market } = args;
      const ofMarket = incidents.filter((one) => one.cause === COUNCIL && one.market === market);
      const said =
        event.name === "Lifted"
          ? ({ name: "lifted", market } as const)
          : ({ name: "tightened", market, level: args.level, until: args.until, cause: args.cause } as const);
      return {
        ...{ kind: "council", place, event: said, incidents: ofMarket },
        decision: await decisionOf(said.name, market, log),
      };
    }
    case "LogForked": {
      const cause = new CouldNotCheckError("the guard was not rolled back in the transaction that forked the log");
      const what = `fork of the log at operation ${args.fromIndex}`;
      return sibling("RolledBack") === undefined ? { kind: "unreadable", place, what, cause } : null;
    }
    case "ClaimCreated": {
      const batch = sibling("BatchProven") !== undefined;
      const cause = new CouldNotCheckError("no batch was settled in the transaction that created the claim");
      return batch ? null : { kind: "unreadable", place, what: `claim ${args.id}`, cause };
    }
    default: {
      const said = await readHallEvent(rpc, guard, log, event);
      return said === null ? null : { kind: "hall", place, event: said }; // else a note that nothing is derived from
    }
  }
}

/** Calldata that cannot be read is part of the history; it does not hide the rest of it. */
async function readable(place: Place, what: string, read: () => Promise<HistoryRecord>): Promise<HistoryRecord> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CouldNotCheckError) return { kind: "unreadable", place, what, cause };
    throw cause;
  }
}

/** What the guard says of its council and one market. */
function wordsOf(logs: readonly GuardLog[], market: bigint): readonly GuardLog[] {
  return logs.filter(({ event: { name, args } }) => ["Tightened", "Lifted"].includes(name) && args.market === market);
}

function forkOf({ fork, fromIndex, abandonedCount, abandonedHead }: LogDescription["args"]): RollbackRecord["fork"] {
  return { fork, fromIndex, abandonedCount, abandonedHead: BigInt(abandonedHead) };
}

function claimOf({ args }: LogDescription): ClaimRecord {
  return { id: args.id, owner: String(args.owner).toLowerCase(), amount: args.amount };
}

async function placeOf(cache: ChainCache, log: RpcLog): Promise<Place> {
  const { timestamp } = await cache.block(log.blockNumber);
  return { block: log.blockNumber, blockTime: timestamp, transaction: log.transactionHash };
}

function parseAll(abi: Interface, logs: readonly RpcLog[]): readonly GuardLog[] {
  return logs.flatMap((log) => {
    const event = abi.parseLog(log);
    return event === null ? [] : [{ log, event }];
  });
}
