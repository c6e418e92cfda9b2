/** One step of the replay: checks a record against what is known, and what is known after it. */
import { checkBatch } from "../check/batch.ts";
import { checkPayment } from "../check/claims.ts";
import { checkOperation } from "../check/operationLog.ts";
import { type CheckContext, checkRound } from "../check/round.ts";
import { checkSolvency, type SolvencyCheck } from "../check/solvency.ts";
import { CouldNotCheckError, type Finding, statusOf, unknown } from "../check/verdict.ts";
import { bufferNotes } from "./bufferNotes.ts";
import type {
  BatchRecord,
  HistoryRecord,
  OperationRecord,
  PaymentRecord,
  RoundRecord,
  UnreadableRecord,
} from "./history.ts";
import { currentOracle, liabilitiesIn, nextLogHead, type Replayed } from "./replayed.ts";
import type { ReportEntry } from "./report.ts";

export interface ReplayStep {
  readonly entry: Omit<ReportEntry, "block" | "transaction">;
  readonly replayed: Replayed;
}

export function replayRecord(replayed: Replayed, record: HistoryRecord, context: CheckContext): ReplayStep {
  switch (record.kind) {
    case "operation":
      return replayOperation(replayed, record);
    case "round":
      return replayRound(replayed, record, context);
    case "batch":
      return replayBatch(replayed, record, context);
    case "payment":
      return replayPayment(replayed, record, context);
    case "unreadable":
      return replayUnreadable(replayed, record);
  }
}

function replayOperation(replayed: Replayed, record: OperationRecord): ReplayStep {
  const what = `operation ${record.index}`;
  const stopped = replayed.broken.rounds;
  const findings = stopped === null ? checkOperation(replayed, record) : [stoppedFinding("operation", stopped)];
  const operations = [...replayed.operations, record.words];
  const logHead = nextLogHead(replayed.logHead, record.words);
  return { entry: { what, findings, notes: [] }, replayed: { ...replayed, operations, logHead } };
}

function replayRound(replayed: Replayed, record: RoundRecord, context: CheckContext): ReplayStep {
  const what = `round ${record.update.round}`;
  const stopped = replayed.broken.rounds;
  if (stopped !== null) return { entry: { what, findings: [stoppedFinding("round", stopped)], notes: [] }, replayed };
  const { findings, next, counted } = checkRound(currentOracle(replayed), record, replayed.nextRoundTvl, context);
  if (next === null || departs(findings))
    return { entry: { what, findings, notes: [] }, replayed: stop(replayed, record, "rounds") };
  const solvency = checkSolvency(context.hasher, replayed.state, next);
  const notes = [`${counted} reports`, ...solvencyNotes(solvency), ...bufferNotes(replayed.state, next)];
  const oracles = [...replayed.oracles, next];
  const nextRoundTvl = liabilitiesIn(replayed.totalsWord);
  const known = replayed.broken.batches === null; // otherwise the accounts and liabilities at this round are not known
  return {
    entry: { what, findings: known ? [...findings, ...solvency.findings] : findings, notes: known ? notes : [] },
    replayed: { ...replayed, oracles, nextRoundTvl },
  };
}

function replayBatch(replayed: Replayed, record: BatchRecord, context: CheckContext): ReplayStep {
  const first = record.update.firstOperation;
  const what = `batch of operations ${first} to ${first + BigInt(record.operations.length) - 1n}`;
  const stopped = replayed.broken.batches ?? replayed.broken.rounds;
  if (stopped !== null) {
    return {
      entry: { what, findings: [stoppedFinding("batch", stopped)], notes: [] },
      replayed: stop(replayed, record, "batches"),
    };
  }
  const { findings, result, claims } = checkBatch(replayed, record, context);
  if (result === null || departs(findings))
    return { entry: { what, findings, notes: [] }, replayed: stop(replayed, record, "batches") };
  const solvency = checkSolvency(context.hasher, result.next, currentOracle(replayed));
  const invalid = result.outcomes.filter(({ valid }) => !valid).map(({ kind }) => kind);
  const notes = [...solvencyNotes(solvency), ...(invalid.length > 0 ? [`nullified: ${invalid.join(", ")}`] : [])];
  return {
    entry: { what, findings: [...findings, ...solvency.findings], notes },
    replayed: {
      ...replayed,
      state: result.next,
      box: result.signals.box,
      totalsWord: result.signals.totalsWord,
      lossWord: result.signals.lossWord,
      settled: replayed.settled + record.operations.length,
      claims: [...replayed.claims, ...claims],
    },
  };
}

function replayPayment(replayed: Replayed, record: PaymentRecord, context: CheckContext): ReplayStep {
  const what = `payment of claim ${record.id}`;
  const stopped = replayed.broken.batches;
  if (stopped !== null) return { entry: { what, findings: [stoppedFinding("payment", stopped)], notes: [] }, replayed };
  const findings = checkPayment(record, replayed.claims, context.claimDelaySec);
  const claims = replayed.claims.map((claim, id) => (BigInt(id) === record.id ? { ...claim, paid: true } : claim));
  return { entry: { what, findings, notes: [] }, replayed: { ...replayed, claims } };
}

/** Its effect is not known, so neither is anything that builds on it. */
function replayUnreadable(replayed: Replayed, record: UnreadableRecord): ReplayStep {
  const entry = { what: record.what, findings: [unknown("chain.calldata", record.cause)], notes: [] };
  return { entry, replayed: stopAt(replayed, record) };
}

/** Roots that differ: what follows builds on values that the verifier does not have. A bad proof alone changes none. */
function departs(findings: readonly Finding[]): boolean {
  const essential = findings.filter(({ check }) => !check.endsWith(".proof") && !check.endsWith(".event"));
  return statusOf(essential) !== "holds";
}

/** The replay after a record whose effect is not known. */
export function stopAt(replayed: Replayed, record: HistoryRecord): Replayed {
  return stop(stop(replayed, record, "rounds"), record, "batches");
}

function stop(replayed: Replayed, { place }: HistoryRecord, what: keyof Replayed["broken"]): Replayed {
  return { ...replayed, broken: { ...replayed.broken, [what]: replayed.broken[what] ?? place.block } };
}

function stoppedFinding(check: string, block: number): Finding {
  return unknown(check, new CouldNotCheckError(`it builds on block ${block}, which did not hold or could not be read`));
}

function solvencyNotes({ accounts, unhealthy, bankrupt }: SolvencyCheck): readonly string[] {
  return [`${accounts} accounts`, ...(unhealthy > 0 ? [`${unhealthy} below maintenance, ${bankrupt} bankrupt`] : [])];
}
