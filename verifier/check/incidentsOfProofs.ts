/** The incidents of whole transactions: rounds, batches and rollbacks. @see contracts/guard/IncidentLedger.sol */
import type { OracleState } from "../model/oracle.ts";
import type { State } from "../model/state.ts";
import { ALL_MARKETS, causeNumber, type IncidentEvent } from "./incidentCauses.ts";
import {
  detected,
  type Moment,
  type Noted,
  type Notes,
  noteBreaches,
  noteDeficit,
  recovered,
} from "./incidentNotes.ts";
import { lateSince } from "./uptime.ts";

const MS = 1000n;

/** Notes and incidents of a proof; lateness is not among them when nobody knows what the uptime feed said. */
export interface NotedProof extends Noted {
  readonly isLatenessKnown: boolean;
}

/** A round: it may be late, set or clear breakers, and begin or end breaches. */
export function roundIncidents(
  notes: Notes,
  old: OracleState,
  next: OracleState,
  state: State,
  moment: Moment,
): NotedProof {
  const late = lateness("roundLate", old.timestamp, moment.limits.roundDeadlineSec, moment);
  const breaker = breakers(notes, old, next, moment);
  const breaches = noteBreaches(breaker.notes, state, next, moment);
  return {
    notes: breaches.notes,
    incidents: [...(late ?? []), ...breaker.incidents, ...breaches.incidents],
    isLatenessKnown: late !== null,
  };
}

/**
 * A batch: it may be late, bring a deficit or too many unauthorised operations, and begin or end breaches.
 * @param batch when its first operation was logged, unix seconds; how many operations nobody had authorised; the deficit
 *        after it, quote units
 */
export function batchIncidents(
  notes: Notes,
  batch: { readonly loggedAt: bigint; readonly unauthorised: bigint; readonly deficit: bigint },
  state: State,
  oracle: OracleState,
  moment: Moment,
): NotedProof {
  const late = lateness("proofLate", batch.loggedAt, moment.limits.proofDeadlineSec, moment);
  const deficit = noteDeficit(notes, batch.deficit, moment);
  const pause = noteUnauthorised(deficit.notes, batch.unauthorised, moment);
  const breaches = noteBreaches(pause.notes, state, oracle, moment);
  const incidents = [...(late ?? []), ...deficit.incidents, ...pause.incidents, ...breaches.incidents];
  return { notes: breaches.notes, incidents, isLatenessKnown: late !== null };
}

/** A rollback. @param restored state, deficit and stake after it, quote units */
export function rollbackIncidents(
  notes: Notes,
  cause: bigint,
  restored: { readonly state: State; readonly deficit: bigint; readonly stake: bigint },
  oracle: OracleState,
  moment: Moment,
): NotedProof {
  const { time, stake } = moment;
  const short = notes.vaultShortSince;
  const ofVault = cause === causeNumber("vaultShort") && short !== 0n;
  const after = { ...moment, stake: restored.stake };
  const deficit = noteDeficit(ofVault ? { ...notes, vaultShortSince: 0n } : notes, restored.deficit, after);
  const breaches = noteBreaches(deficit.notes, restored.state, oracle, after);
  return {
    notes: breaches.notes,
    isLatenessKnown: true, // a rollback is never late
    incidents: [
      ...(ofVault ? [recovered("vaultShort", ALL_MARKETS, [short, short, time])] : []),
      detected("rollback", ALL_MARKETS, time, stake),
      recovered("rollback", ALL_MARKETS, [time, time, time]),
      ...deficit.incidents,
      ...breaches.incidents,
    ],
  };
}

/** What began at `start` is proven later than its deadline: over and done with. Null when only the uptime feed knows. */
function lateness(
  cause: "proofLate" | "roundLate",
  start: bigint,
  deadline: bigint,
  moment: Moment,
): readonly IncidentEvent[] | null {
  const since = lateSince({ start, deadline }, moment);
  if (since === null) return null;
  if (since === 0n) return [];
  const { time, stake } = moment;
  return [detected(cause, ALL_MARKETS, since, stake), recovered(cause, ALL_MARKETS, [since, since, time])];
}

function breakers(notes: Notes, old: OracleState, next: OracleState, { time, stake }: Moment): Noted {
  const incidents: IncidentEvent[] = [];
  const breaker = notes.breaker.map((setAt, market) => {
    const oldUntil = old.markets[market]?.breakerUntil ?? 0n;
    const newUntil = next.markets[market]?.breakerUntil ?? 0n;
    const wasSet = oldUntil > old.timestamp;
    const ended = wasSet && oldUntil <= next.timestamp;
    const begins = newUntil > next.timestamp && (!wasSet || ended);
    if (ended) incidents.push(recovered("breaker", BigInt(market), [setAt, setAt, time]));
    if (begins) incidents.push(detected("breaker", BigInt(market), time, stake));
    return begins ? time : setAt;
  });
  return { notes: { ...notes, breaker }, incidents };
}

/** Unauthorised operations are forgotten at a steady rate; too many at once pause everything. @see LeakyCount.sol */
function noteUnauthorised(notes: Notes, count: bigint, { time, stake, limits }: Moment): Noted {
  if (count === 0n) return { notes, incidents: [] };
  const { unauthorisedLimit: limit, unauthorisedStepMs: step, unauthorisedPauseSec: pause } = limits;
  const now = time * MS;
  const sum = (notes.forgottenAtMs > now ? notes.forgottenAtMs : now) + count * step;
  const highest = now + 2n * limit * step;
  const forgottenAtMs = sum < highest ? sum : highest;
  if (forgottenAtMs <= now + limit * step) return { notes: { ...notes, forgottenAtMs }, incidents: [] };
  return {
    notes: { ...notes, forgottenAtMs: now },
    incidents: [
      detected("unauthorised", ALL_MARKETS, time, stake),
      recovered("unauthorised", ALL_MARKETS, [time, time, time + pause]),
    ],
  };
}
