/** What a batch may claim. */
import { detected } from "../../../verifier/check/incidentNotes.ts";
import type { History } from "../../../verifier/replay/history.ts";
import { edit, editBatch, twice, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

export const batchLies: readonly Lie[] = [
  {
    title: "another state root",
    change: (h) => editBatch(h, 1, { newStateRoot: 7n }),
    complaint: "batch of operations 2 to 3: batch.newStateRoot: the state root is the one that the operations force",
  },
  {
    title: "an outcome that calls a valid operation invalid",
    change: (h) => editBatch(h, 1, { outcomeWord: 1n | (1n << 32n) }),
    complaint: "batch of operations 2 to 3: batch.outcomeWord: validity is a function of the log and the oracle",
  },
  {
    title: "a wider box",
    change: (h) => editBatch(h, 1, { box: 0n }),
    complaint: "batch of operations 2 to 3: batch.box: the box holds the tightest bound of every market and side",
  },
  {
    title: "smaller liabilities",
    change: (h) =>
      edit(h, "batch", 1, (r) => ({ ...r, update: { ...r.update, totalsWord: r.update.totalsWord - 1n } })),
    complaint:
      "batch of operations 2 to 3: batch.totalsWord: liabilities, insurance and deficit are those of the new state",
  },
  {
    title: "another loss index",
    change: (h) => editBatch(h, 1, { lossWord: 0n }),
    complaint: "batch of operations 2 to 3: batch.lossWord: the loss indices are those of the new state",
  },
  {
    title: "another commitment",
    change: (h) => editBatch(h, 1, { dataCommitment: 7n }),
    complaint: "batch of operations 2 to 3: batch.dataCommitment: the commitment is to the canonical words",
  },
  {
    title: "operations that were not logged",
    change: (h) =>
      edit(h, "batch", 1, (r) => ({
        ...r,
        operations: withElement(r.operations, 1, (w) => withElement(w, 1, (x) => x + 1n)),
      })),
    complaint: "batch of operations 2 to 3: batch.operations: the operations are those of the log, element 10",
  },
  {
    title: "operations in another order",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, operations: r.operations.toReversed() })),
    complaint: "batch of operations 2 to 3: batch.operations: the operations are those of the log, element 0",
  },
  {
    title: "a skipped operation",
    change: (h) => editBatch(h, 1, { firstOperation: 3n }),
    complaint: "batch of operations 3 to 4: batch.firstOperation: no operation is skipped or settled twice",
  },
  {
    title: "a batch left out",
    change: (h) => edit(h, "batch", 0, () => null),
    complaint: "batch of operations 2 to 3: batch.firstOperation: no operation is skipped or settled twice",
  },
  {
    title: "a batch settled twice",
    change: (h) => twice(h, "batch"),
    complaint: "batch of operations 0 to 1: batch.firstOperation: no operation is skipped or settled twice",
  },
  {
    title: "more operations than a batch has",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, operations: [...r.operations, ...r.operations] })),
    complaint: "batch of operations 2 to 5: batch.count: a batch fits the circuit",
  },
  {
    title: "an empty batch",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, operations: [] })),
    complaint: "batch of operations 2 to 1: batch.count: a batch fits the circuit",
  },
  {
    title: "operations of two rounds",
    change: (h) => mixRounds(h),
    at: 1, // the log complains first
    complaint: "batch of operations 2 to 3: batch.round: all operations were logged in one proven round",
  },
  {
    title: "an event that says something else",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, event: { ...r.event, round: 0n } })),
    complaint: "batch of operations 2 to 3: batch.event: the event repeats the calldata, element 2",
  },
  {
    title: "a proof of something else",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, proof: { ...r.proof, c: [1n, 2n] } })),
    complaint: "batch of operations 2 to 3: batch.proof: the proof proves the claimed signals",
  },
  {
    title: "liabilities that change by more than deposits and withdrawals",
    change: (h) =>
      edit(h, "batch", 1, (r) => ({ ...r, update: { ...r.update, totalsWord: r.update.totalsWord + 1n } })),
    at: 2, // after the totals themselves and the event
    complaint: "batch of operations 2 to 3: batch.conservation: liabilities change by deposits and withdrawals only",
  },
  {
    title: "more tokens than the deposits say",
    change: (h) => edit(h, "batch", 0, (r) => ({ ...r, event: { ...r.event, arrived: r.event.arrived + 1n } })),
    complaint: "batch of operations 0 to 1: batch.arrived: tokens arrive with deposits",
  },
  {
    title: "fewer tokens than had come before",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, event: { ...r.event, arrived: 0n } })),
    complaint: "batch of operations 2 to 3: batch.arrived: tokens arrive with deposits",
  },
  {
    title: "an event with another box",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, event: { ...r.event, box: 0n } })),
    complaint: "batch of operations 2 to 3: batch.event: the event repeats the calldata, element 6",
  },
  {
    title: "an incident that did not happen",
    change: (h) =>
      edit(h, "batch", 0, (r) => ({ ...r, incidents: [detected("deficit", 255n, r.place.blockTime, 1n)] })),
    complaint: "batch of operations 0 to 1: batch.incidents: incidents begin and end when they do: length",
  },
  {
    title: "an outcome that blames another slot for an unauthorised operation",
    change: (h) =>
      edit(h, "batch", 2, (r) => ({ ...r, update: { ...r.update, outcomeWord: r.update.outcomeWord ^ (3n << 48n) } })),
    complaint: "batch of operations 4 to 5: batch.outcomeWord: validity is a function of the log and the oracle",
  },
  {
    title: "a claim that is larger than the withdrawal",
    change: (h) =>
      edit(h, "batch", 1, (r) => ({ ...r, claims: r.claims.map((c) => ({ ...c, amount: c.amount + 1n })) })),
    complaint:
      "batch of operations 2 to 3: batch.claims: each valid withdrawal and each refund is claimed once, in full, element 0",
  },
  {
    title: "a claim of somebody else",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, claims: r.claims.map((c) => ({ ...c, owner: h.guard })) })),
    complaint:
      "batch of operations 2 to 3: batch.claims: each valid withdrawal and each refund is claimed once, in full, element 0",
  },
  {
    title: "a claim left out",
    change: (h) => edit(h, "batch", 2, (r) => ({ ...r, claims: [] })),
    complaint:
      "batch of operations 4 to 5: batch.claims: each valid withdrawal and each refund is claimed once, in full: length",
  },
  {
    title: "a claim made twice",
    change: (h) => edit(h, "batch", 1, (r) => ({ ...r, claims: [...r.claims, ...r.claims] })),
    complaint:
      "batch of operations 2 to 3: batch.claims: each valid withdrawal and each refund is claimed once, in full: length",
  },
];

/** Operation 3 claims to have been logged in round 0; the batch repeats it. */
function mixRounds(history: History): History {
  const aged = (words: readonly bigint[]) => withElement(words, 2, (word) => word - 1n);
  const logged = edit(history, "operation", 3, (record) => ({ ...record, words: aged(record.words) }));
  return edit(logged, "batch", 1, (record) => ({ ...record, operations: withElement(record.operations, 1, aged) }));
}
