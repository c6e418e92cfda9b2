/** The steps of a replay that change what is owed: batches, payments and rollbacks. */
import { checkBatch } from "../check/batch.ts";
import { type Checkpoint, nextCheckpointHead } from "../check/checkpoints.ts";
import { checkIncidents } from "../check/claimedIncidents.ts";
import { checkPayment, unpaidSum } from "../check/claims.ts";
import { causeName, incidentText } from "../check/incidentCauses.ts";
import { batchIncidents, rollbackIncidents } from "../check/incidentsOfProofs.ts";
import { checkRollback } from "../check/rollback.ts";
import type { CheckContext } from "../check/round.ts";
import { checkSolvency } from "../check/solvency.ts";
import { depositsAfter } from "../check/unprovenDeposits.ts";
import type { BatchRecord, PaymentRecord } from "./history.ts";
import { recordIncidents } from "./incidentLedger.ts";
import { currentCheckpoint, currentOracle, deficitIn, liabilitiesIn, nextLogHead, type Replayed } from "./replayed.ts";
import type { RollbackRecord } from "./rollbackHistory.ts";
import { departs, type ReplayStep, solvencyNotes, stop, stoppedStep } from "./steps.ts";

const TIME_BITS = 40;

export function replayBatch(replayed: Replayed, record: BatchRecord, context: CheckContext): ReplayStep {
  const first = record.update.firstOperation;
  const what = `batch of operations ${first} to ${first + BigInt(record.operations.length) - 1n}`;
  const stopped = replayed.broken.batches ?? replayed.broken.rounds;
  if (stopped !== null) return stoppedStep(what, "batch", stopped, stop(replayed, record, "batches"));
  const { findings, result, claims } = checkBatch(replayed, record, context);
  if (result === null || departs(findings))
    return { entry: { what, findings, notes: [] }, replayed: stop(replayed, record, "batches") };

  const oracle = currentOracle(replayed);
  const solvency = checkSolvency(context.hasher, result.next, oracle);
  const invalid = result.outcomes.filter(({ valid }) => !valid).map(({ kind }) => kind);
  const { box, totalsWord, lossWord } = result.signals;
  const loggedAt = BigInt.asUintN(TIME_BITS, (record.operations[0]?.[2] ?? 0n) >> BigInt(TIME_BITS));
  const unauthorised = BigInt(invalid.filter((kind) => kind === "unauthorised").length);
  const noted = batchIncidents(
    replayed.notes,
    { loggedAt, unauthorised, deficit: deficitIn(totalsWord) },
    result.next,
    oracle,
    { time: record.place.blockTime, stake: liabilitiesIn(totalsWord), limits: context.limits, uptime: record.uptime },
  );
  const incidentFindings = checkIncidents("batch", record.incidents, noted);
  const after: Replayed = {
    ...replayed,
    ...{ state: result.next, box, totalsWord, lossWord },
    settled: replayed.settled + record.operations.length,
    claims: [...replayed.claims, ...claims],
    notes: noted.notes,
    incidents: recordIncidents(replayed.incidents, record.incidents, record.place),
  };
  const notes = [
    ...solvencyNotes(solvency),
    ...(invalid.length > 0 ? [`nullified: ${invalid.join(", ")}`] : []),
    ...noted.incidents.map(incidentText),
  ];
  return {
    entry: { what, findings: [...findings, ...incidentFindings, ...solvency.findings], notes },
    replayed: withCheckpoint(after, record),
  };
}

/** The replay with its newest state in the chain of proven states. */
function withCheckpoint(replayed: Replayed, { update, operations, event, place }: BatchRecord): Replayed {
  const { box, totalsWord, lossWord, state, claims, paidTotal } = replayed;
  const last = currentCheckpoint(replayed);
  const checkpoint: Checkpoint = {
    ...{ stateRoot: update.newStateRoot, box, totalsWord, lossWord },
    logHead: operations.reduce(nextLogHead, last.checkpoint.logHead),
    ...{ settled: BigInt(replayed.settled), arrived: event.arrived, claimCount: BigInt(claims.length) },
    ...{ unpaidClaims: unpaidSum(claims), paidTotal, provenAt: place.blockTime },
  };
  const head = nextCheckpointHead(last.head, checkpoint);
  return { ...replayed, checkpoints: [...replayed.checkpoints, { checkpoint, head, state }] };
}

export function replayPayment(replayed: Replayed, record: PaymentRecord, context: CheckContext): ReplayStep {
  const what = `payment of claim ${record.id}`;
  const stopped = replayed.broken.batches ?? replayed.broken.rounds;
  if (stopped !== null) return stoppedStep(what, "payment", stopped, replayed);
  const { findings, after } = checkPayment(record, replayed, currentOracle(replayed), context);
  const claim = after.claims[Number(record.id)];
  const rest = claim === undefined || claim.isClosed ? [] : [`${claim.amount - claim.paid} left to pay`];
  return { entry: { what, findings, notes: rest }, replayed: { ...replayed, ...after } };
}

export function replayRollback(replayed: Replayed, record: RollbackRecord, context: CheckContext): ReplayStep {
  const { event, place } = record;
  const what = `rollback from ${event.abandonedSettled} to ${event.settled} operations`;
  const stopped = replayed.broken.batches ?? replayed.broken.rounds;
  if (stopped !== null) return stoppedStep(what, "rollback", stopped, stop(replayed, record, "batches"));
  const { findings, target } = checkRollback(replayed, record, context);
  if (target === null || departs(findings))
    return { entry: { what, findings, notes: [] }, replayed: stop(replayed, record, "batches") };

  const { checkpoint, state } = target;
  const { box, totalsWord, lossWord, logHead } = checkpoint;
  const oracle = currentOracle(replayed);
  const restored = { state, deficit: deficitIn(totalsWord), stake: liabilitiesIn(totalsWord) };
  const stake = liabilitiesIn(replayed.totalsWord);
  const moment = { time: place.blockTime, stake, limits: context.limits, uptime: record.uptime };
  const noted = rollbackIncidents(replayed.notes, event.cause, restored, oracle, moment);
  const incidentFindings = checkIncidents("rollback", record.incidents, noted);
  const solvency = checkSolvency(context.hasher, state, oracle);
  const settled = Number(checkpoint.settled);
  const checkpoints = replayed.checkpoints.slice(0, replayed.checkpoints.indexOf(target) + 1);
  const cutOff = depositsAfter({ operations: replayed.operations, settled, checkpoints }, replayed.forks);
  const voided = replayed.claims.slice(Number(checkpoint.claimCount)).filter(({ isVoid }) => !isVoid).length;
  return {
    entry: {
      what,
      findings: [...findings, ...incidentFindings, ...solvency.findings],
      notes: [
        `cause: ${causeName(event.cause)}`,
        `${replayed.operations.length - settled} operations abandoned, ${voided} claims void`,
        ...solvencyNotes(solvency),
        ...noted.incidents.map(incidentText),
      ],
    },
    replayed: {
      ...replayed,
      ...{ state, box, totalsWord, lossWord, logHead, settled },
      operations: replayed.operations.slice(0, settled),
      claims: replayed.claims.map((claim, id) =>
        id < Number(checkpoint.claimCount) ? claim : { ...claim, isVoid: true },
      ),
      checkpoints,
      forks: replayed.forks + 1,
      abandoned: [...replayed.abandoned, ...cutOff],
      rolledBackAt: place.blockTime,
      notes: noted.notes,
      incidents: recordIncidents(replayed.incidents, record.incidents, place),
    },
  };
}
