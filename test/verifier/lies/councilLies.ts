/** What a guard may do in its council's name. Told of: 0 market 0 tightened, 1 and 2 both markets, 3 and 4 both lifted. */
import type { CouncilRecord, LiftDecision, Sent, TightenDecision } from "../../../verifier/replay/councilHistory.ts";
import type { History } from "../../../verifier/replay/history.ts";
import { edit, editStored, withElement } from "../helpers/edit.ts";
import type { Lie } from "./lie.ts";

const tightened = (market: number, check: string) => `council: tightened market ${market}: council.${check}`;
const lifted = (check: string) => `council: lifted market 0: council.${check}`;
const DECIDED = "decision: the guard does what the council decided, once, element";
const RESTED = "rest: a restriction is followed by as long a rest";

/** The n-th record with another event, and the ledger's words with it. */
function editEvent(history: History, n: number, change: Partial<Record<"level" | "until" | "cause", bigint>>): History {
  return edit(history, "council", n, (record) => ({
    ...record,
    event: { ...record.event, ...change } as CouncilRecord["event"],
  }));
}
const editDecision = (history: History, n: number, change: Partial<TightenDecision> | Partial<LiftDecision>): History =>
  edit(history, "council", n, (record) => ({
    ...record,
    decision: { ...record.decision, ...change } as CouncilRecord["decision"],
  }));
const editSent = (history: History, n: number, change: (sent: Sent) => Sent): History =>
  edit(history, "council", n, (record) => {
    if (!("sent" in record.decision) || record.decision.sent instanceof Error) return record;
    return { ...record, decision: { ...record.decision, sent: change(record.decision.sent) } };
  });
const editConsent = (history: History, n: number, change: Partial<Sent["consents"][number]>): History =>
  editSent(history, n, (sent) => ({
    ...sent,
    consents: withElement(sent.consents, 0, (one) => ({ ...one, ...change })),
  }));
const none = { name: "none", why: "no event of the council" } as const;
const STRANGER = "0x0000000000000000000000000000000000000007";

export const councilLies: readonly Lie[] = [
  {
    title: "a word of a council that is not bound",
    change: (h) => editStored(h, { council: null }),
    complaint: tightened(0, "bound: only a bound council restricts, and only markets"),
  },
  {
    title: "a level that no council may ask for",
    change: (h) => editEvent(h, 0, { level: 4n }),
    complaint: tightened(0, "level: a council asks for Stressed to Halted"),
  },
  {
    title: "a restriction of more than a day",
    change: (h) => editEvent(h, 1, { until: 2n ** 39n }),
    complaint: tightened(0, "duration: a restriction lasts a day at most"),
  },
  {
    title: "a restriction without a rest before it",
    change: (h) =>
      edit(h, "council", 1, (r) => ({ ...r, place: { ...r.place, blockTime: r.place.blockTime - 3_600n } })),
    complaint: tightened(0, RESTED),
  },
  {
    title: "a second restriction for the same cause",
    change: (h) => editEvent(h, 1, { cause: 7n }),
    complaint: tightened(0, "cause: no two in a row have the same cause"),
  },
  {
    title: "a restriction that nobody decided",
    change: (h) => edit(h, "council", 0, (r) => ({ ...r, decision: none })),
    complaint: tightened(0, "decision: the council decides what the guard does in its name"),
  },
  {
    title: "a restriction of another market than was decided",
    change: (h) => editDecision(h, 0, { market: 1n }),
    complaint: tightened(0, `${DECIDED} 0`),
  },
  {
    title: "another level than was decided",
    change: (h) => editEvent(h, 0, { level: 3n }),
    complaint: tightened(0, `${DECIDED} 1`),
  },
  {
    title: "another duration than was decided",
    change: (h) => editDecision(h, 0, { durationSec: 60n }),
    complaint: tightened(0, `${DECIDED} 2`),
  },
  {
    title: "another cause than was decided",
    change: (h) => editEvent(h, 0, { cause: 9n }),
    complaint: tightened(0, `${DECIDED} 3`),
  },
  {
    title: "a decision that was used before",
    change: (h) => editDecision(h, 1, { nonce: 1n }),
    complaint: tightened(0, `${DECIDED} 4`),
  },
  {
    title: "a message after its deadline",
    change: (h) => editSent(h, 0, (sent) => ({ ...sent, deadline: 1n })),
    complaint: tightened(0, "consents: a message is used until its deadline"),
  },
  {
    title: "a message that one member alone signed",
    change: (h) => editSent(h, 0, (sent) => ({ ...sent, consents: sent.consents.slice(1) })),
    complaint: tightened(0, "consents: as many members consent as must"),
  },
  {
    title: "a member who consents twice",
    change: (h) =>
      editSent(h, 0, (sent) => ({ ...sent, consents: withElement(sent.consents, 1, () => sent.consents[0]!) })),
    complaint: tightened(0, "consents: each member consents once"),
  },
  {
    title: "the consent of a stranger",
    change: (h) => editConsent(h, 0, { isMember: false }),
    complaint: tightened(0, "consents: only members consent"),
  },
  {
    title: "a signature of somebody else",
    change: (h) => editConsent(h, 0, { member: STRANGER }),
    complaint: tightened(0, "consents: each member signed the message"),
  },
  {
    title: "a signature of another message",
    change: (h) => editDecision(h, 0, { nonce: 5n }),
    complaint: tightened(0, "consents: each member signed the message"),
  },
  {
    title: "what is no signature",
    change: (h) => editConsent(h, 0, { signature: "0x" }),
    complaint: tightened(0, "consents: each member signed the message"),
  },
  {
    title: "a restriction that the ledger of incidents leaves out",
    change: (h) => edit(h, "council", 0, (r) => ({ ...r, incidents: [] })),
    complaint: tightened(0, "incidents: incidents begin and end when they do: length"),
  },
  {
    title: "a lift of what is over",
    change: (h) =>
      edit(h, "council", 3, (r) => ({ ...r, place: { ...r.place, blockTime: r.place.blockTime + 90_000n } })),
    complaint: lifted("lasts: only a restriction that lasts is lifted"),
  },
  {
    title: "a lift that nobody proposed",
    change: (h) => edit(h, "council", 3, (r) => ({ ...r, decision: none })),
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
  {
    title: "another word in the guard's storage",
    change: (h) =>
      editStored(h, {
        council: h.stored.council && { ...h.stored.council, words: [0n, h.stored.council.words?.[1] ?? 0n] },
      }),
    complaint: "head: stored.council: the guard stores what the replay derives, element 0",
  },
];
