/** The records of a history from the logs of guard and engine and from calldata. */
import { Interface, type LogDescription } from "ethers";
import { ENGINE_ABI } from "../chain/abi.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { GUARD, readBatch, readRound } from "./calldata.ts";
import type { ClaimRecord, GenesisRecord, HistoryRecord, Place, RollbackRecord } from "./history.ts";
import { HALL, readHallEvent } from "./readHall.ts";
import { incidentsOf, isIncident, readIncident } from "./readIncidents.ts";
import type { ChainCache } from "./readLogs.ts";
import type { Rpc, RpcLog } from "./rpc.ts";

export const ENGINE = new Interface(ENGINE_ABI);

/** A log of the guard or the engine with its meaning. */
export interface GuardLog {
  readonly log: RpcLog;
  readonly event: LogDescription;
}

/** Tokens in the vault, and tokens of all deposits ever, after a block; null when the endpoint does not know. */
export type VaultAt = (block: number) => Promise<RollbackRecord["vault"]>;

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
  vaultAt: VaultAt,
): Promise<readonly HistoryRecord[]> {
  const events = parseAll(GUARD, guardLogs);
  const ofLog = ["OperationLogged", "LogForked"];
  const logged = parseAll(ENGINE, engineLogs).filter(({ event }) => ofLog.includes(event.name));
  const merged = [...events, ...logged, ...parseAll(HALL, hallLogs)].sort(
    ({ log: a }, { log: b }) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex,
  );
  const records: HistoryRecord[] = [];
  for (const { log, event } of merged) {
    const record = await readRecord({ rpc, cache, guard, vaultAt }, { log, event }, merged);
    if (record !== null) records.push(record);
  }
  return records;
}

interface Reading {
  readonly rpc: Rpc;
  readonly cache: ChainCache;
  readonly guard: string;
  readonly vaultAt: VaultAt;
}

async function readRecord(
  { rpc, cache, guard, vaultAt }: Reading,
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
    return ofProof ? null : { kind: "incident", place, event: readIncident(event) };
  }
  switch (event.name) {
    case "OperationLogged":
      return { kind: "operation", place, index: args.index, words: [...args.words] };
    case "ClaimPaid":
      return { kind: "payment", place, ...claimOf(event) };
    case "RoundProven":
      return readable(place, `round ${args.round}`, async () => {
        const { round, timestamp, newOracleRoot } = args;
        const call = readRound(await directCall(rpc, log), guard);
        return { kind: "round", place, ...call, event: { round, timestamp, newOracleRoot }, incidents };
      });
    case "BatchProven":
      return readable(place, `batch from operation ${args.firstOperation}`, async () => {
        const { firstOperation, count, round, newStateRoot, outcomeWord, totalsWord, box, lossWord, arrived } = args;
        const event = { firstOperation, count, round, newStateRoot, outcomeWord, totalsWord, box, lossWord, arrived };
        const call = readBatch(await directCall(rpc, log), guard);
        const created = siblings.filter((other) => other.event.name === "ClaimCreated");
        const claims = created.map((other) => claimOf(other.event));
        return { kind: "batch", place, ...call, event, incidents, claims };
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
        vault: await vaultAt(log.blockNumber),
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

/** A transaction, checked against the log that led to it and against its own hash. */
async function directCall(rpc: Rpc, log: RpcLog): ReturnType<Rpc["transaction"]> {
  const transaction = await rpc.transaction(log.transactionHash);
  const { hash, blockHash, derivedHash } = transaction;
  if (hash !== log.transactionHash || blockHash !== log.blockHash) {
    throw new CouldNotCheckError(`the answer for transaction ${log.transactionHash} is another one`);
  }
  if (derivedHash === null)
    throw new CouldNotCheckError(`transaction ${hash} is of a kind whose hash is not derived here`);
  if (derivedHash !== hash) throw new CouldNotCheckError(`the content of transaction ${hash} does not have that hash`);
  return transaction;
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
