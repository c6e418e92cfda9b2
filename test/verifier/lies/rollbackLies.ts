/** What a guard may do when it goes back, or say of it. */
import { detected } from "../../../verifier/check/incidentNotes.ts";
import type { History, RollbackRecord } from "../../../verifier/replay/history.ts";
import { edit, editStored, twice, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

const BACK = "rollback from 5 to 3 operations";
const RULE = "rollback.rule: a rule allows the rollback, to this state and now";

type Event = RollbackRecord["event"];
const editEvent = (history: History, change: Partial<Event>): History =>
  edit(history, "rollback", 0, (record) => ({ ...record, event: { ...record.event, ...change } }));
const editFork = (history: History, change: Partial<NonNullable<RollbackRecord["fork"]>>): History =>
  edit(history, "rollback", 0, (record) => ({ ...record, fork: record.fork && { ...record.fork, ...change } }));
const later = (history: History, seconds: bigint): History =>
  edit(history, "rollback", 0, (record) => ({
    ...record,
    place: { ...record.place, blockTime: record.place.blockTime + seconds },
  }));

/** Told of the history in which the vault is short. */
export const vaultLies: readonly Lie[] = [
  {
    title: "a rollback to another root",
    change: (h) => editEvent(h, { newStateRoot: 7n }),
    complaint: `${BACK}: rollback.newStateRoot: a rollback restores the root that was proven there`,
  },
  {
    title: "a rollback to where no batch ended",
    change: (h) => editEvent(h, { settled: 1n }),
    complaint: "rollback from 5 to 1 operations: rollback.target: a rollback returns to an earlier proven state",
  },
  {
    title: "a rollback to the state in force",
    change: (h) => editEvent(h, { settled: 5n }),
    complaint: "rollback from 5 to 5 operations: rollback.target: a rollback returns to an earlier proven state",
  },
  {
    title: "a rollback that abandons less than it says",
    change: (h) => editEvent(h, { abandonedSettled: 6n }),
    complaint: "rollback from 6 to 3 operations: rollback.abandonedSettled: a rollback says what it abandons",
  },
  {
    title: "a rollback without a fork of the log",
    change: (h) => edit(h, "rollback", 0, (record) => ({ ...record, fork: null })),
    complaint: `${BACK}: rollback.fork: the log forks at the restored state, and only there: length`,
  },
  {
    title: "a log that forks elsewhere",
    change: (h) => editFork(h, { fromIndex: 4n }),
    complaint: `${BACK}: rollback.fork: the log forks at the restored state, and only there, element 1`,
  },
  {
    title: "a fork that abandons something else",
    change: (h) => editFork(h, { abandonedHead: 7n }),
    complaint: `${BACK}: rollback.fork: the log forks at the restored state, and only there, element 3`,
  },
  {
    title: "a claim that stays although what it came from is gone",
    change: (h) => editEvent(h, { voidClaims: 0n }),
    complaint: `${BACK}: rollback.claims: the claims made since are void, element 1`,
  },
  {
    title: "a rollback behind a payment",
    change: (h) => rollBackFurther(h, { abandonedCount: 4n, voidClaims: 2n }),
    complaint: "rollback from 5 to 2 operations: rollback.unpaid: no payment comes into question",
  },
  {
    title: "a rollback further than needed",
    change: (h) => rollBackFurther(h, { abandonedCount: 4n, voidClaims: 2n }),
    at: 1,
    complaint: `rollback from 5 to 2 operations: ${RULE}`,
  },
  {
    title: "a rollback although the vault covers the state in force",
    change: (h) => edit(h, "rollback", 0, (record) => ({ ...record, vault: { held: 1_000_000n, arrived: 150_010n } })),
    complaint: `${BACK}: ${RULE}`,
  },
  {
    title: "a rollback to a state that the vault does not cover either",
    change: (h) => edit(h, "rollback", 0, (record) => ({ ...record, vault: { held: 112_509n, arrived: 150_010n } })),
    complaint: `${BACK}: ${RULE}`,
  },
  {
    title: "a rollback before the vault was short for long",
    change: (h) => later(h, -24n),
    complaint: `${BACK}: ${RULE}`,
  },
  {
    title: "a rollback without a note of the vault",
    change: (h) => edit(h, "incident", 0, () => null),
    complaint: `${BACK}: ${RULE}`,
  },
  {
    title: "a rollback for no cause that there is",
    change: (h) => editEvent(h, { cause: 9n }),
    complaint: `${BACK}: ${RULE}`,
  },
  {
    title: "a rollback that the ledger of incidents leaves out",
    change: (h) => edit(h, "rollback", 0, (record) => ({ ...record, incidents: record.incidents.slice(0, 1) })),
    complaint: `${BACK}: rollback.incidents: incidents begin and end when they do: length`,
  },
  {
    title: "a payment of a void claim",
    change: (h) => edit(h, "payment", 1, (record) => ({ ...record, id: 1n, amount: 1_000n })),
    complaint: "payment of claim 1: payment.void: a void claim is not paid",
  },
  {
    title: "a payment beyond what may leave at once",
    change: (h) => edit(h, "payment", 0, (record) => ({ ...record, amount: 37_501n })),
    complaint: "payment of claim 0: payment.amount: as much is paid as is left and may leave",
  },
  {
    title: "a payment of less than may leave",
    change: (h) => edit(h, "payment", 0, (record) => ({ ...record, amount: 37_499n })),
    complaint: "payment of claim 0: payment.amount: as much is paid as is left and may leave",
  },
  {
    title: "a rest that is paid a second time",
    change: (h) => edit(h, "payment", 1, (record) => ({ ...record, amount: 22_501n })),
    complaint: "payment of claim 0: payment.amount: as much is paid as is left and may leave",
  },
  {
    title: "an operation of the abandoned branch",
    change: (h) => edit(h, "operation", 6, (record) => ({ ...record, index: 6n })),
    complaint: "operation 6: operation.index: operations are numbered without gaps",
  },
  {
    title: "an incident that only a proof could bring",
    change: (h) =>
      edit(h, "incident", 0, (r) => ({ ...r, event: detected("breach", 0n, r.event.detectedAt, 204_000n) })),
    complaint: "incident: incident.cause: other incidents begin and end with proofs",
  },
  {
    title: "a note of the vault at another time",
    change: (h) => editNote(h, { detectedAt: 1n }),
    complaint: "incident: incident.detectedAt: an incident begins in its block",
  },
  {
    title: "a note of the vault with another stake",
    change: (h) => editNote(h, { stake: 1n }),
    complaint: "incident: incident.stake: what is at stake is what everyone is owed",
  },
  {
    title: "a note of the vault although it holds all that is owed",
    change: (h) => edit(h, "incident", 0, (r) => ({ ...r, held: 227_500n })),
    complaint:
      "incident: incident.vault: the vault is noted short when it holds less than liabilities and unpaid claims",
  },
  {
    title: "a note of the vault made twice",
    change: (h) => twice(h, "incident"),
    complaint: "incident: incident.once: what is noted already is not noted again",
  },
  {
    title: "an incident that the guard stores with another time",
    change: (h) =>
      editStored(h, {
        incidents: withElement(h.stored.incidents, 0, (i) => ({ ...i, recoveredAt: i.recoveredAt + 1n })),
      }),
    complaint: "head: stored.incidents: the guard stores what the replay derives, element 0",
  },
  {
    title: "a void claim that the guard stores as owed",
    change: (h) => editStored(h, { claims: withElement(h.stored.claims, 1, (c) => ({ ...c, isVoid: false })) }),
    complaint: "head: stored.claims: the guard stores what the replay derives, element 1",
  },
  {
    title: "another chain of proven states",
    change: (h) => editStored(h, { checkpointHead: 7n }),
    complaint: "head: stored.checkpointHead: the hash chain of proven states is the guard's",
  },
];

/** Told of the history with a deficit that lasts. */
export const deficitLies: readonly Lie[] = [
  {
    title: "a rollback before twice the halting cure time",
    change: (h) => later(h, -48n),
    complaint: `rollback from 4 to 3 operations: ${RULE}`,
  },
  {
    title: "a rollback further than the first breach",
    change: (h) => rollBackFurther(h, { abandonedCount: 2n, voidClaims: 0n }),
    complaint: `rollback from 4 to 2 operations: ${RULE}`,
  },
  {
    title: "a deficit that the ledger of incidents leaves out",
    change: (h) => edit(h, "batch", 2, (record) => ({ ...record, incidents: [] })),
    complaint: "batch of operations 3 to 3: batch.incidents: incidents begin and end when they do: length",
  },
  {
    title: "a breach that is said to begin later",
    change: (h) =>
      edit(h, "round", 0, (r) => ({
        ...r,
        incidents: r.incidents.map((e) => ({ ...e, detectedAt: e.detectedAt + 1n })),
      })),
    complaint: "round 1: round.incidents: incidents begin and end when they do, element 0",
  },
];

function editNote(history: History, change: { readonly detectedAt?: bigint; readonly stake?: bigint }): History {
  return edit(history, "incident", 0, (record) => ({
    ...record,
    event: {
      phase: "detected",
      cause: 7n,
      market: 255n,
      detectedAt: record.event.detectedAt,
      stake: 204_000n,
      ...change,
    },
  }));
}

/** To the first batch, true in everything but that. */
function rollBackFurther(
  history: History,
  { abandonedCount, voidClaims }: { readonly abandonedCount: bigint; readonly voidClaims: bigint },
): History {
  const [first] = history.records.filter((record) => record.kind === "batch");
  const newStateRoot = first?.update.newStateRoot ?? 0n;
  const changed = editEvent(history, { settled: 2n, newStateRoot, firstVoidClaim: 0n, voidClaims });
  return editFork(changed, { fromIndex: 2n, abandonedCount });
}
