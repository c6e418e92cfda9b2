/** What an exit hall may do, or say of it. Told of a history in which everything is there, and of one in which it is not. */
import type { HallEvent } from "../../../verifier/replay/hallHistory.ts";
import type { History } from "../../../verifier/replay/history.ts";
import { edit, editStored } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

type Named<N extends HallEvent["name"]> = Extract<HallEvent, { name: N }>;
const PLACES = { insuranceShown: 0, depositShown: 1, opened: 3, accountLeft: 4, depositReturned: 5 } as const;
type Name = keyof typeof PLACES;

/** The history with the first event of a name changed. */
function editHall<N extends Name>(history: History, name: N, change: Partial<Named<N>>): History {
  return edit(history, "hall", PLACES[name], (record) => ({
    ...record,
    event: { ...record.event, ...change } as HallEvent, // of the same name, by PLACES
  }));
}
const without = (history: History, name: Name) => edit(history, "hall", PLACES[name], () => null);
/** An event said again, after everything else. */
const again = (history: History, name: Name): History => {
  const [record] = history.records.filter((one) => one.kind === "hall").slice(PLACES[name]);
  return record === undefined ? history : { ...history, records: [...history.records, record] };
};
const ONCE = "hall.once: everything is shown once, and paid once";
const PHASE = "hall.phase: first all is shown, then all are paid";
const PAID = "hall.paid: everyone is paid the same part, rounded down";
const DEPOSIT = "hall.deposit: a deposit is shown that no proven state holds, for what arrived, to who made it";

export const hallLies: readonly Lie[] = [
  {
    title: "an insurance account that owns more",
    change: (h) => editHall(h, "insuranceShown", { value: 1n }),
    complaint: "exit hall: insuranceShown: hall.insurance: the insurance account is shown with what it owns",
  },
  {
    title: "a hall that opens without the insurance account",
    change: (h) => without(h, "insuranceShown"),
    complaint: "exit hall: opened: hall.insurance: the hall opens when the insurance account was shown",
  },
  {
    title: "a loss of somebody who owns something",
    change: (h) =>
      edit(h, "hall", 0, (record) => ({ ...record, event: { name: "lossShown", account: 1n, loss: 60_000n } })),
    complaint: "exit hall: lossShown 1: hall.loss: a loss is what a bankrupt account lacks",
  },
  {
    title: "a deposit that was never made",
    change: (h) => editHall(h, "depositShown", { head: 7n }),
    complaint: `exit hall: depositShown: ${DEPOSIT}`,
  },
  {
    title: "a deposit of more than arrived",
    change: (h) => editHall(h, "depositShown", { arrived: 9n }),
    complaint: `exit hall: depositShown: ${DEPOSIT}`,
  },
  {
    title: "a deposit for somebody else",
    change: (h) => editHall(h, "depositShown", { to: h.guard }),
    complaint: `exit hall: depositShown: ${DEPOSIT}`,
  },
  {
    title: "a deposit shown after the opening",
    change: (h) => again(h, "depositShown"),
    complaint: `exit hall: depositShown: ${PHASE}`,
  },
  {
    title: "a deposit shown twice",
    change: (h) => again(h, "depositShown"),
    at: 1,
    complaint: `exit hall: depositShown: ${ONCE}`,
  },
  {
    title: "a hall that owes more",
    change: (h) => editHall(h, "opened", { owed: 113_021n }),
    complaint: "exit hall: opened: hall.owed: owed is what accounts, deposits and claims own",
  },
  {
    title: "a hall that backs less than there is",
    change: (h) => editHall(h, "opened", { backed: 1n }),
    complaint: "exit hall: opened: hall.backed: all that is owed and there is backed",
  },
  {
    title: "a payment before the opening",
    change: (h) => without(h, "opened"),
    complaint: `exit hall: accountLeft 1: ${PHASE}`,
  },
  {
    title: "an account that leaves with more than it owns",
    change: (h) => editHall(h, "accountLeft", { value: 60_001n }),
    complaint: "exit hall: accountLeft 1: hall.value: an account leaves with what the last proven state owes it",
  },
  {
    title: "an account that is paid a unit more than its part",
    change: (h) =>
      edit(h, "hall", PLACES.accountLeft, (r) => ({
        ...r,
        event: { ...(r.event as Named<"accountLeft">), paid: (r.event as Named<"accountLeft">).paid + 1n },
      })),
    complaint: `exit hall: accountLeft 1: ${PAID}`,
  },
  {
    title: "an account that is paid to somebody else",
    change: (h) => editHall(h, "accountLeft", { owner: h.guard }),
    complaint: "exit hall: accountLeft 1: hall.owner: an account is paid to its owner",
  },
  {
    title: "an account that leaves twice",
    change: (h) => again(h, "accountLeft"),
    complaint: `exit hall: accountLeft 1: ${ONCE}`,
  },
  {
    title: "a deposit that was not shown and is returned",
    change: (h) => editHall(h, "depositReturned", { head: 7n }),
    complaint: "exit hall: depositReturned: hall.returned: a deposit is returned as it was shown",
  },
  {
    title: "a deposit that is returned with a unit more than its part",
    change: (h) => editHall(h, "depositReturned", { paid: 11n }),
    complaint: `exit hall: depositReturned: ${PAID}`,
  },
  {
    title: "a deposit that is returned twice",
    change: (h) => again(h, "depositReturned"),
    complaint: `exit hall: depositReturned: ${ONCE}`,
  },
  {
    title: "a claim that is paid a unit more than its part",
    change: (h) => edit(h, "payment", 1, (record) => ({ ...record, amount: record.amount + 1n })),
    complaint: "payment of claim 0: payment.amount: as much is paid as is left and may leave",
  },
  {
    title: "a vault that lacks a unit of what was not paid yet",
    change: (h) => editStored(h, { vaultBalance: h.stored.vaultBalance - 100n }),
    complaint: "head: stored.vault: the vault holds what backed everyone when the hall opened, less what was paid",
  },
  {
    title: "a hall that stores another ratio",
    change: (h) => editStored(h, { hall: h.stored.hall && { ...h.stored.hall, owed: 1n } }),
    complaint: "head: stored.hall: the guard stores what the replay derives, element 2",
  },
];
