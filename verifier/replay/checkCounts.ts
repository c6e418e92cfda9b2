/** Whether the events that an endpoint lists are as many as its calls say: a list with gaps is not a history. */
import { CouldNotCheckError } from "../check/verdict.ts";
import type { GenesisRecord, HistoryRecord, StoredState } from "./history.ts";

const ROUND_WIDTH = 40;

/** @throws {CouldNotCheckError} when events are missing or calls are answered from another block */
export function checkCounts(genesis: GenesisRecord, records: readonly HistoryRecord[], stored: StoredState): void {
  const unreadable = records.some(({ kind }) => kind === "unreadable");
  const countOf = (kind: HistoryRecord["kind"]) => BigInt(records.filter((record) => record.kind === kind).length);
  const batches = records.filter((record) => record.kind === "batch");
  const firstRound = BigInt.asUintN(ROUND_WIDTH, genesis.oracleWords[0] ?? 0n);
  const pairs: readonly (readonly [string, bigint, bigint])[] = [
    ["operations", countOf("operation"), stored.operationCount],
    ["payments", countOf("payment"), BigInt(stored.claims.filter(({ paid }) => paid).length)],
  ];
  const fromCalldata: typeof pairs = [
    ["rounds", countOf("round"), stored.round - firstRound],
    ["settled operations", batches.reduce((sum, { event }) => sum + event.count, 0n), stored.settled],
    ["claims", BigInt(batches.flatMap(({ claims }) => claims).length), BigInt(stored.claims.length)],
  ];
  for (const [what, listed, counted] of unreadable ? pairs : [...pairs, ...fromCalldata]) {
    if (listed !== counted)
      throw new CouldNotCheckError(`the endpoint lists ${listed} ${what}, but its contracts count ${counted}`);
  }
}
