/** What the log and payments may show. */
import { edit, twice, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

export const otherLies: readonly Lie[] = [
  {
    title: "an operation left out of the log",
    change: (h) => edit(h, "operation", 1, () => null),
    complaint: "batch of operations 0 to 1: batch.operations: the operations are those of the log: length",
  },
  {
    title: "an operation logged at another time",
    change: (h) => edit(h, "operation", 6, (r) => ({ ...r, place: { ...r.place, blockTime: r.place.blockTime + 1n } })),
    complaint: "operation 6: operation.loggedAt: an operation carries the time of its block",
  },
  {
    title: "an operation of eight words",
    change: (h) => edit(h, "operation", 6, (r) => ({ ...r, words: r.words.slice(1) })),
    complaint: "operation 6: operation.words: an operation has nine words",
  },
  {
    title: "a payment of a claim that does not exist",
    change: (h) => edit(h, "payment", 0, (r) => ({ ...r, id: 9n })),
    complaint: "payment of claim 9: payment.claim: only claims are paid",
  },
  {
    title: "a payment made twice",
    change: (h) => twice(h, "payment"),
    complaint: "payment of claim 0: payment.once: a claim is paid once",
  },
  {
    title: "a payment before its time",
    change: (h) =>
      edit(h, "payment", 0, (r) => ({ ...r, place: { ...r.place, blockTime: h.stored.claims[0]!.payableAt - 1n } })),
    complaint: "payment of claim 0: payment.delay: a claim is paid after its delay",
  },
  {
    title: "a payment of more than is owed",
    change: (h) => edit(h, "payment", 0, (r) => ({ ...r, amount: r.amount + 1n })),
    complaint: "payment of claim 0: payment.amount: as much is paid as is left and may leave",
  },
  {
    title: "a payment to somebody else",
    change: (h) => edit(h, "payment", 0, (r) => ({ ...r, owner: h.guard })),
    complaint: "payment of claim 0: payment.owner: a claim is paid to its owner",
  },
  {
    title: "a changed word of the last operation",
    change: (h) => edit(h, "operation", 6, (r) => ({ ...r, words: withElement(r.words, 0, (w) => w + 1n) })),
    complaint: "head: stored.logHead: the keccak chain over the events is the log's",
  },
  {
    title: "a gap in the numbers of operations",
    change: (h) => edit(h, "operation", 6, (r) => ({ ...r, index: 7n })),
    complaint: "operation 7: operation.index: operations are numbered without gaps",
  },
];
