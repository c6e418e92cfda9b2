/** One step of the replay: checks a record against what is known, and what is known after it. */

import { checkIncidents } from "../check/claimedIncidents.ts";
import { checkCouncil } from "../check/council.ts";
import { checkHall } from "../check/exitHall.ts";
import { incidentText } from "../check/incidentCauses.ts";
import { roundIncidents } from "../check/incidentsOfProofs.ts";
import { checkOperation } from "../check/operationLog.ts";
import { type CheckContext, checkRound } from "../check/round.ts";
import { checkSolvency } from "../check/solvency.ts";
import { checkStandaloneIncident } from "../check/standaloneIncident.ts";
import { unknown } from "../check/verdict.ts";
import { bufferNotes } from "./bufferNotes.ts";
import type { CouncilRecord } from "./councilHistory.ts";
import type { HallRecord } from "./hallHistory.ts";
import type { HistoryRecord, IncidentRecord, OperationRecord, RoundRecord, UnreadableRecord } from "./history.ts";
import { recordIncidents } from "./incidentLedger.ts";
import { replayBatch, replayPayment, replayRollback } from "./replayBatch.ts";
import { currentOracle, liabilitiesIn, nextLogHead, type Replayed } from "./replayed.ts";
import { departs, type ReplayStep, solvencyNotes, stop, stopAt, stoppedStep } from "./steps.ts";

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
    case "rollback":
      return replayRollback(replayed, record, context);
    case "incident":
      return replayIncident(replayed, record);
    case "council":
      return replayCouncil(replayed, record, context);
    case "hall":
      return replayHall(replayed, record);
    case "unreadable":
      return replayUnreadable(replayed, record);
  }
}

function replayOperation(replayed: Replayed, record: OperationRecord): ReplayStep {
  const what = `operation ${record.index}`;
  const operations = [...replayed.operations, record.words];
  const after = { ...replayed, operations, logHead: nextLogHead(replayed.logHead, record.words) };
  const stopped = replayed.broken.rounds;
  if (stopped !== null) return stoppedStep(what, "operation", stopped, after);
  return { entry: { what, findings: checkOperation(replayed, record), notes: [] }, replayed: after };
}

function replayRound(replayed: Replayed, record: RoundRecord, context: CheckContext): ReplayStep {
  const what = `round ${record.update.round}`;
  const stopped = replayed.broken.rounds;
  if (stopped !== null) return stoppedStep(what, "round", stopped, replayed);
  const old = currentOracle(replayed);
  const { findings, next, counted } = checkRound(old, record, replayed.nextRoundTvl, context);
  if (next === null || departs(findings))
    return { entry: { what, findings, notes: [] }, replayed: stop(replayed, record, "rounds") };
  const oracles = [...replayed.oracles, next];
  const nextRoundTvl = liabilitiesIn(replayed.totalsWord);
  const after = { ...replayed, oracles, nextRoundTvl };
  // Otherwise the accounts and liabilities at this round are not known.
  if (replayed.broken.batches !== null) return { entry: { what, findings, notes: [] }, replayed: after };

  const solvency = checkSolvency(context.hasher, replayed.state, next);
  const moment = { time: record.place.blockTime, stake: nextRoundTvl, limits: context.limits, uptime: record.uptime };
  const noted = roundIncidents(replayed.notes, old, next, replayed.state, moment);
  const incidentFindings = checkIncidents("round", record.incidents, noted);
  const notes = [
    `${counted} reports`,
    ...solvencyNotes(solvency),
    ...bufferNotes(replayed.state, next),
    ...noted.incidents.map(incidentText),
  ];
  const incidents = recordIncidents(replayed.incidents, record.incidents, record.place);
  return {
    entry: { what, findings: [...findings, ...incidentFindings, ...solvency.findings], notes },
    replayed: { ...after, notes: noted.notes, incidents },
  };
}

function replayIncident(replayed: Replayed, record: IncidentRecord): ReplayStep {
  const what = "incident";
  const stopped = replayed.broken.batches;
  if (stopped !== null) return stoppedStep(what, "incident", stopped, replayed);
  const { findings, notes } = checkStandaloneIncident(replayed, record);
  const incidents = recordIncidents(replayed.incidents, [record.event], record.place);
  return {
    entry: { what, findings, notes: [incidentText(record.event)] },
    replayed: { ...replayed, notes, incidents },
  };
}

function replayCouncil(replayed: Replayed, record: CouncilRecord, context: CheckContext): ReplayStep {
  const { event } = record;
  const what = `council: ${event.name} market ${event.market}`;
  const stopped = replayed.broken.batches;
  if (stopped !== null) return stoppedStep(what, "council", stopped, replayed);
  const { findings, council } = checkCouncil(replayed, record, context);
  const incidents = recordIncidents(replayed.incidents, record.incidents, record.place);
  return {
    entry: { what, findings, notes: record.incidents.map(incidentText) },
    replayed: { ...replayed, council, incidents },
  };
}

function replayHall(replayed: Replayed, record: HallRecord): ReplayStep {
  const { event } = record;
  const what = `exit hall: ${event.name}${"account" in event ? ` ${event.account}` : ""}`;
  const stopped = replayed.broken.batches ?? replayed.broken.rounds;
  if (stopped !== null) return stoppedStep(what, "hall", stopped, replayed);
  const { findings, hall } = checkHall(replayed, record);
  const notes = event.name === "opened" ? [`${event.backed} of ${event.owed} is there`] : [];
  return { entry: { what, findings, notes }, replayed: { ...replayed, hall } };
}

/** Its effect is not known, so neither is anything that builds on it. */
function replayUnreadable(replayed: Replayed, record: UnreadableRecord): ReplayStep {
  const entry = { what: record.what, findings: [unknown("chain.calldata", record.cause)], notes: [] };
  return { entry, replayed: stopAt(replayed, record) };
}
