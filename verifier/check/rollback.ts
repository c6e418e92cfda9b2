/** Checks a rollback: that a rule allowed it, that it went where the rule says, and that nothing paid came into question. */

import type { ProvenState, Replayed } from "../replay/replayed.ts";
import type { RollbackRecord } from "../replay/rollbackHistory.ts";
import { causeName, causeNumber } from "./incidentCauses.ts";
import { deficitRule, vaultRule } from "./rollbackRules.ts";
import type { CheckContext } from "./round.ts";
import { lateSince, unknownUptime } from "./uptime.ts";
import { CouldNotCheckError, compared, comparedLists, type Finding, held, unknown, violated } from "./verdict.ts";

const [DEFICIT, VAULT_SHORT] = [causeNumber("deficit"), causeNumber("vaultShort")];

export interface RollbackCheck {
  readonly findings: readonly Finding[];
  /** Null when no proven state has that many settled operations. */
  readonly target: ProvenState | null;
}

export function checkRollback(replayed: Replayed, record: RollbackRecord, context: CheckContext): RollbackCheck {
  const { event, fork } = record;
  const target = replayed.checkpoints.find(({ checkpoint }) => checkpoint.settled === event.settled);
  if (target === undefined || target === replayed.checkpoints.at(-1)) {
    const proven = replayed.checkpoints.slice(0, -1).map(({ checkpoint }) => checkpoint.settled);
    const finding = violated(
      "rollback.target",
      "a rollback returns to an earlier proven state",
      event.settled,
      proven.join(),
    );
    return { findings: [finding], target: null };
  }
  const { checkpoint } = target;
  const later = replayed.claims.slice(Number(checkpoint.claimCount));
  const findings = [
    held("rollback.target"),
    compared(
      "rollback.newStateRoot",
      "a rollback restores the root that was proven there",
      event.newStateRoot,
      checkpoint.stateRoot,
    ),
    compared(
      "rollback.abandonedSettled",
      "a rollback says what it abandons",
      event.abandonedSettled,
      BigInt(replayed.settled),
    ),
    comparedLists(
      "rollback.fork",
      "the log forks at the restored state, and only there",
      fork === null ? [] : [fork.fork, fork.fromIndex, fork.abandonedCount, fork.abandonedHead],
      [
        BigInt(replayed.forks),
        checkpoint.settled,
        BigInt(replayed.operations.length) - checkpoint.settled,
        replayed.logHead,
      ],
    ),
    comparedLists(
      "rollback.claims",
      "the claims made since are void",
      [event.firstVoidClaim, event.voidClaims],
      [checkpoint.claimCount, BigInt(later.length)],
    ),
    later.every(({ paid }) => paid === 0n)
      ? held("rollback.unpaid")
      : violated("rollback.unpaid", "no payment comes into question", "a claim made since was paid", "none"),
    ruleFinding(replayed, record, target, context),
  ];
  return { findings, target };
}

function ruleFinding(
  replayed: Replayed,
  { event, place, vault, uptime }: RollbackRecord,
  target: ProvenState,
  { limits }: CheckContext,
): Finding {
  const invariant = "a rule allows the rollback, to this state and now";
  const { cause, settled } = event;
  if (cause !== DEFICIT && cause !== VAULT_SHORT) {
    return violated("rollback.rule", invariant, causeName(cause), "no rule is of this cause");
  }
  if (cause === VAULT_SHORT && vault === null) {
    const error = new CouldNotCheckError(`the endpoint has no state of block ${place.block}: what did the vault hold?`);
    return unknown("rollback.rule", error);
  }
  const { notes, rolledBackAt, paidTotal } = replayed;
  const facts = {
    checkpoints: replayed.checkpoints.map(({ checkpoint }) => checkpoint),
    ...{ time: place.blockTime, haltCureSec: limits.haltCureSec, rolledBackAt, paidTotal },
    ...{ deficitSince: notes.deficitSince, breaches: [...notes.breached, ...notes.bankrupt] },
    vaultShortSince: notes.vaultShortSince,
  };
  const rule = vault === null || cause === DEFICIT ? deficitRule(facts) : vaultRule({ ...facts, vault });
  if (rule.target === target.checkpoint) {
    const [start, deadline] =
      cause === DEFICIT ? [notes.deficitSince, 2n * limits.haltCureSec] : [notes.vaultShortSince, limits.haltCureSec];
    const late = lateSince({ start, deadline }, { time: place.blockTime, limits, uptime });
    if (late === null) return unknownUptime("rollback.rule");
    return late > 0n
      ? held("rollback.rule")
      : violated("rollback.rule", invariant, causeName(cause), "the grace of the uptime feed");
  }
  const derived = rule.target === null ? rule.why : `back to ${rule.target.settled}`;
  return violated("rollback.rule", invariant, `${causeName(cause)}: back to ${settled}`, derived);
}
