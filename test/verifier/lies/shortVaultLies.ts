/** What a guard may note, pay or store around a rollback because of a short vault. */
import { detected } from "../../../verifier/check/incidentNotes.ts";
import type { History } from "../../../verifier/replay/history.ts";
import { edit, editStored, twice, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

/** Told of the history in which the vault is short. */
export const shortVaultLies: readonly Lie[] = [
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
