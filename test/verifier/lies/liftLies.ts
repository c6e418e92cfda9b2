/** What a guard may lift in its council's name. @see councilEdits.ts, what is told of */
import { edit } from "../helpers/edit.ts";
import { DECIDED, editDecision, NOBODY_DECIDED } from "./councilEdits.ts";
import type { Lie } from "./lie.ts";

const lifted = (check: string) => `council: lifted market 0: council.${check}`;

export const liftLies: readonly Lie[] = [
  {
    title: "a lift of what is over",
    change: (h) =>
      edit(h, "council", 3, (r) => ({ ...r, place: { ...r.place, blockTime: r.place.blockTime + 90_000n } })),
    complaint: lifted("lasts: only a restriction that lasts is lifted"),
  },
  {
    title: "a lift that nobody proposed",
    change: (h) => edit(h, "council", 3, (r) => ({ ...r, decision: NOBODY_DECIDED })),
    complaint: lifted("decision: the council decides what the guard does in its name"),
  },
  {
    title: "a lift of another market",
    change: (h) => editDecision(h, 3, { market: 1n }),
    complaint: lifted(`${DECIDED} 0`),
  },
  {
    title: "an execution of other calls",
    change: (h) => editDecision(h, 3, { executed: "0x07" }),
    complaint: lifted(`${DECIDED} 1`),
  },
  {
    title: "a proposal of other calls",
    change: (h) => editDecision(h, 3, { derived: "0x07" }),
    complaint: lifted(`${DECIDED} 2`),
  },
  {
    title: "a lift that was proposed for an older restriction",
    change: (h) => editDecision(h, 3, { restriction: 1n }),
    complaint: lifted(`${DECIDED} 3`),
  },
  {
    title: "a lift that was cancelled",
    change: (h) => editDecision(h, 3, { isCancelled: true }),
    complaint: lifted(`${DECIDED} 4`),
  },
  {
    title: "a lift before its time",
    change: (h) => editDecision(h, 3, { readyAt: 2n ** 40n }),
    complaint: lifted("delay: a lift waits for its delay"),
  },
  {
    title: "a lift that was proposed a moment ago",
    change: (h) =>
      edit(h, "council", 3, (r) => ({ ...r, decision: { ...r.decision, proposedAt: r.place.blockTime } as never })),
    complaint: lifted("delay: a lift waits for its delay"),
  },
  {
    title: "a lift with the signature of another message",
    change: (h) => editDecision(h, 3, { nonce: 9n }),
    complaint: lifted("consents: each member signed the message"),
  },
  {
    title: "a lift that the ledger of incidents leaves out",
    change: (h) => edit(h, "council", 3, (r) => ({ ...r, incidents: [] })),
    complaint: lifted("incidents: incidents begin and end when they do: length"),
  },
];
