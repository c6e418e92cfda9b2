/** The record that one log brings, with the other logs of its transaction and its calldata. */
import type { LogDescription } from "ethers";
import { causeNumber } from "../check/incidentCauses.ts";
import type { UptimeAnswers } from "../check/uptime.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import { readBatch, readRound } from "./calldata.ts";
import type { CouncilRecord } from "./councilHistory.ts";
import { directCall } from "./directCall.ts";
import type { ClaimRecord, HistoryRecord, Place } from "./history.ts";
import { type ParsedLog, placeOf } from "./parsedLog.ts";
import type { DecisionOf } from "./readCouncil.ts";
import { readHallEvent } from "./readHall.ts";
import { bringerOf, incidentsBy, isIncident, readIncident } from "./readIncidents.ts";
import type { ChainCache } from "./readLogs.ts";
import type { RollbackRecord } from "./rollbackHistory.ts";
import type { Rpc } from "./rpc.ts";
import { vaultAt } from "./vaultAt.ts";

const VAULT_SHORT = causeNumber("vaultShort");

export interface Reading {
  readonly rpc: Rpc;
  readonly cache: ChainCache;
  readonly guard: string;
  /** Tokens in the vault, and tokens of all deposits ever, after a block; null when the endpoint does not know. */
  readonly vaultAfter: (block: number) => Promise<RollbackRecord["vault"]>;
  readonly uptimeAt: (block: number) => Promise<UptimeAnswers>;
  readonly decisionOf: DecisionOf;
}

/** Null for a log that another record covers. */
export async function readRecord(
  reading: Reading,
  { log, event }: ParsedLog,
  all: readonly ParsedLog[],
): Promise<HistoryRecord | null> {
  const { rpc, cache, guard, vaultAfter, uptimeAt } = reading;
  const place = await placeOf(cache, log);
  const { args } = event;
  const siblings = all.filter((other) => other.log.transactionHash === log.transactionHash);
  const sibling = (name: string) => siblings.find((other) => other.event.name === name)?.event;
  if (isIncident(event)) {
    const said = readIncident(event);
    if (bringerOf(said, siblings) !== "itself") return null;
    const held = said.cause === VAULT_SHORT ? await vaultAt(rpc, guard, log) : null;
    return { kind: "incident", place, event: said, held };
  }
  const incidents = incidentsBy("proof", siblings);
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
    case "Lifted":
      return readWord(reading, { log, event }, place, siblings);
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

/** What the guard says in its council's name of one market. */
async function readWord(
  { decisionOf }: Reading,
  { log, event: { name, args } }: ParsedLog,
  place: Place,
  siblings: readonly ParsedLog[],
): Promise<CouncilRecord> {
  const { market, level, until, cause } = args;
  const event: CouncilRecord["event"] =
    name === "Lifted" ? { name: "lifted", market } : { name: "tightened", market, level, until, cause };
  const incidents = incidentsBy("council", siblings).filter((one) => one.market === market);
  return { kind: "council", place, event, incidents, decision: await decisionOf(event.name, market, log) };
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
