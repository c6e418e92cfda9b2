/** What a guard may do when it goes back because of a short vault, or say of it. */
import { edit } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";
import { editEvent, editFork, later, RULE, rollBackFurther } from "./rollbackEdits.ts";

const BACK = "rollback from 5 to 3 operations";

/** Told of the history in which the vault is short. */
export const rollbackLies: readonly Lie[] = [
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
];
