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
import { type ReplayStep, replayRecord, stopAt } from "./replayRecord.ts";
import { type ReportEntry, reportOf, type VerdictReport } from "./report.ts";

/** @param keys null: every proof is then unknown, and so is the verdict at best */
export function replayHistory(history: History, hasher: Hasher, keys: CheckContext["keys"]): VerdictReport {
  const { chainId, guard, head, genesis: record } = history;
  const start = checkGenesis(hasher, record);
  const first: ReportEntry = { ...entryPlace(record), what: "genesis", findings: start.findings, notes: [] };
  const subject = { chainId, guard, head, profile: start.values?.profile.name ?? null };
  if (start.values === null) {
    const nothing = unknown("replay.genesis", new CouldNotCheckError("nothing can be replayed from this genesis"));
    return reportOf(subject, [{ ...first, findings: [...first.findings, nothing] }], {
      rounds: 0,
      batches: 0,
      operations: 0,
      claims: 0,
    });
  }
  const context: CheckContext = {
    hasher,
    genesis: start.values,
    domain: domainOf(chainId, guard),
    claimDelaySec: history.stored.claimDelaySec,
    keys,
  };
  const entries: ReportEntry[] = [first];
  let replayed = startReplay(start.values);
  for (const next of history.records) {
    const step = replaySafely(replayed, next, context);
    entries.push({ ...entryPlace(next), ...step.entry });
    replayed = step.replayed;
  }
  entries.push(closing(replayed, history, context));
  return reportOf(subject, entries, {
    rounds: history.records.filter(({ kind }) => kind === "round").length,
    batches: history.records.filter(({ kind }) => kind === "batch").length,
    operations: replayed.operations.length,
    claims: replayed.claims.length,
  });
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
