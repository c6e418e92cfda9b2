/** Replays a history through the model, from genesis to head: a pure fold, no chain needed. */
import { checkGenesis } from "../check/genesis.ts";
import type { CheckContext } from "../check/round.ts";
import { checkStoredState } from "../check/storedState.ts";
import { CouldNotCheckError, unknown } from "../check/verdict.ts";
import { checkVerifierContracts } from "../check/verifierContracts.ts";
import { domainOf } from "../model/domain.ts";
import type { Hasher } from "../model/hasher.ts";
import type { History, HistoryRecord } from "./history.ts";
import { type Replayed, startReplay } from "./replayed.ts";
import { replayRecord } from "./replayRecord.ts";
import { NOTHING, type ReportEntry, reportOf, type VerdictReport } from "./report.ts";
import { type ReplayStep, stopAt } from "./steps.ts";

/** A history replayed to its end: what each record showed, and what is known after all of them. */
export interface FoldedHistory {
  /** Genesis, then every record. */
  readonly entries: readonly ReportEntry[];
  /** Null when nothing can be replayed from the genesis. */
  readonly end: { readonly replayed: Replayed; readonly context: CheckContext } | null;
}

/** @param keys null: every proof is then unknown; what is replayed does not depend on them */
export function foldHistory(history: History, hasher: Hasher, keys: CheckContext["keys"]): FoldedHistory {
  const { chainId, guard, genesis: record } = history;
  const start = checkGenesis(hasher, record);
  const first: ReportEntry = { ...entryPlace(record), what: "genesis", findings: start.findings, notes: [] };
  if (start.values === null) {
    const nothing = unknown("replay.genesis", new CouldNotCheckError("nothing can be replayed from this genesis"));
    return { entries: [{ ...first, findings: [...first.findings, nothing] }], end: null };
  }
  const context: CheckContext = {
    hasher,
    genesis: start.values,
    domain: domainOf(chainId, guard),
    limits: history.stored.limits,
    council: history.stored.council && { ...history.stored.council.terms, chainId, guard },
    keys,
  };
  const entries: ReportEntry[] = [first];
  let replayed = startReplay(start.values, record.place.blockTime);
  for (const next of history.records) {
    const step = replaySafely(replayed, next, context);
    entries.push({ ...entryPlace(next), ...step.entry });
    replayed = step.replayed;
  }
  return { entries, end: { replayed, context } };
}

/** @param keys null: every proof is then unknown, and so is the verdict at best */
export function replayHistory(history: History, hasher: Hasher, keys: CheckContext["keys"]): VerdictReport {
  const { chainId, guard, head, records } = history;
  const { entries, end } = foldHistory(history, hasher, keys);
  const subject = { chainId, guard, head, profile: end?.context.genesis.profile.name ?? null };
  if (end === null) return reportOf(subject, entries, NOTHING);
  const { replayed, context } = end;
  const { incidents } = replayed;
  const counts = {
    rounds: records.filter(({ kind }) => kind === "round").length,
    batches: records.filter(({ kind }) => kind === "batch").length,
    operations: replayed.operations.length,
    claims: replayed.claims.length,
    rollbacks: replayed.forks,
    incidents: incidents.length,
  };
  return reportOf(subject, [...entries, closing(replayed, history, context)], counts, incidents);
}

/** What the model cannot take at all is not judged: the replay stops there and says so. */
function replaySafely(replayed: Replayed, record: HistoryRecord, context: CheckContext): ReplayStep {
  try {
    return replayRecord(replayed, record, context);
  } catch (error) {
    const entry = { what: record.kind, findings: [unknown("replay.model", error)], notes: [] };
    return { entry, replayed: stopAt(replayed, record) };
  }
}

function entryPlace({
  place,
}: {
  place: { block: number; transaction: string };
}): Pick<ReportEntry, "block" | "transaction"> {
  return { block: place.block, transaction: place.transaction };
}

/** The head: stored words against derived ones; unknown when something before could not be replayed. */
function closing(replayed: Replayed, { chainId, head, stored }: History, context: CheckContext): ReportEntry {
  const place = { block: head.number, transaction: null, what: "head" };
  const keyFindings = checkVerifierContracts(stored.verifiers, context.keys, chainId);
  const cause = replayed.broken.rounds ?? replayed.broken.batches;
  if (cause !== null) {
    const error = new CouldNotCheckError(`the replay stopped at block ${cause}`);
    return { ...place, findings: [unknown("stored", error), ...keyFindings], notes: [] };
  }
  const waiting = replayed.operations.length - replayed.settled;
  const notes = waiting > 0 ? [`${waiting} operations wait for their proof`] : [];
  const findings = [...checkStoredState(replayed, stored, context), ...keyFindings];
  return { ...place, findings, notes };
}
