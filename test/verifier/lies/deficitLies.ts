/** What a guard may do when it goes back because of a deficit, or say of it. */
import { edit } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";
import { later, RULE, rollBackFurther } from "./rollbackEdits.ts";

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
