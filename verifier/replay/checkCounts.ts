/** Whether the events that an endpoint lists are as many as its calls say: a list with gaps is not a history. */
import { causeNumber } from "../check/incidentCauses.ts";
import { CouldNotCheckError } from "../check/verdict.ts";
import type { GenesisRecord, HistoryRecord } from "./history.ts";
import type { StoredState } from "./stored.ts";

const ROUND_WIDTH = 40;
const EXIT = causeNumber("exit");

/** @throws {CouldNotCheckError} when events are missing or calls are answered from another block */
export function checkCounts(genesis: GenesisRecord, records: readonly HistoryRecord[], stored: StoredState): void {
  const unreadable = records.some(({ kind }) => kind === "unreadable");
  const countOf = (kind: HistoryRecord["kind"]) => BigInt(records.filter((record) => record.kind === kind).length);
  const batches = records.filter((record) => record.kind === "batch");
  const firstRound = BigInt.asUintN(ROUND_WIDTH, genesis.oracleWords[0] ?? 0n);
  const [logged, settled] = lengthsAfter(records);
  const pairs: readonly (readonly [string, bigint, bigint])[] = [["operations", logged, stored.operationCount]];
  const fromCalldata: typeof pairs = [
    ["rounds", countOf("round"), stored.round - firstRound],
    ["settled operations", settled, stored.settled],
    ["claims", BigInt(batches.flatMap(({ claims }) => claims).length), BigInt(stored.claims.length)],
    paymentsOf(records, stored),
    ...ofHall(records, stored),
  ];
  for (const [what, listed, counted] of unreadable ? pairs : [...pairs, ...fromCalldata]) {
    if (listed !== counted)
      throw new CouldNotCheckError(`the endpoint lists ${listed} ${what}, but its contracts count ${counted}`);
  }
}

/** What was paid, quote units; after an exit, where claims are closed for a share of them, how many were. */
function paymentsOf(records: readonly HistoryRecord[], stored: StoredState): readonly [string, bigint, bigint] {
  const payments = records.filter((record) => record.kind === "payment");
  const claims = records.flatMap((record) => (record.kind === "batch" ? record.claims : []));
  const sum = (amounts: readonly { readonly amount: bigint }[]) =>
    amounts.reduce((all, { amount }) => all + amount, 0n);
  const isExit = records.some((record) => record.kind === "incident" && record.event.cause === EXIT);
  if (!isExit) return ["units paid", sum(payments), sum(claims) - sum(stored.claims)];
  const touched = claims.filter(({ amount }, id) => amount !== stored.claims[id]?.amount).length;
  return ["paid claims", BigInt(new Set(payments.map(({ id }) => id)).size), BigInt(touched)];
}

/** Accounts that left or whose loss was shown, and deposits that were shown and not returned. */
function ofHall(
  records: readonly HistoryRecord[],
  { hall }: StoredState,
): readonly (readonly [string, bigint, bigint])[] {
  const count = (...names: readonly string[]) =>
    BigInt(records.filter((record) => record.kind === "hall" && names.includes(record.event.name)).length);
  return [
    ["accounts done", count("lossShown", "accountLeft"), BigInt(hall?.accountsDone ?? 0)],
    ["deposits to return", count("depositShown") - count("depositReturned"), BigInt(hall?.depositsOpen ?? 0)],
  ];
}

/** Operations in the log and settled ones, after the batches, forks and rollbacks that the endpoint lists. */
function lengthsAfter(records: readonly HistoryRecord[]): readonly [logged: bigint, settled: bigint] {
  return records.reduce<readonly [bigint, bigint]>(
    ([logged, settled], record) => {
      if (record.kind === "operation") return [logged + 1n, settled];
      if (record.kind === "batch") return [logged, settled + record.event.count];
      return record.kind === "rollback" ? [record.fork?.fromIndex ?? logged, record.event.settled] : [logged, settled];
    },
    [0n, 0n],
  );
}
