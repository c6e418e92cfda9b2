/** What a guard may restrict in its council's name. @see councilEdits.ts, what is told of */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { edit, editStored, withElement } from "../helpers/edit.ts";
import { DECIDED, editConsent, editDecision, editEvent, editSent, NOBODY_DECIDED } from "./councilEdits.ts";
import type { Lie } from "./lie.ts";

const tightened = (check: string, market = 0) => `council: tightened market ${market}: council.${check}`;
const RESTED = "rest: a restriction is followed by as long a rest";
const STRANGER = "0x0000000000000000000000000000000000000007";

/** The other signature of the same message by the same key. */
function mirrored(signature: string): string {
  const [r, s, v] = [signature.slice(0, 66), BigInt(`0x${signature.slice(66, 130)}`), signature.slice(130)];
  return `${r}${(secp256k1.Point.Fn.ORDER - s).toString(16).padStart(64, "0")}${v === "1b" ? "1c" : "1b"}`;
}

export const tightenLies: readonly Lie[] = [
  {
    title: "a word of a council that is not bound",
    change: (h) => editStored(h, { council: null }),
    complaint: tightened("bound: only a bound council restricts, and only markets"),
  },
  {
    title: "a level that no council may ask for",
    change: (h) => editEvent(h, 0, { level: 4n }),
    complaint: tightened("level: a council asks for Stressed to Halted"),
  },
  {
    title: "a level that restricts nothing",
    change: (h) => editEvent(h, 0, { level: 0n }),
    complaint: tightened("level: a council asks for Stressed to Halted"),
  },
  {
    title: "a restriction of no time",
    change: (h) =>
      edit(h, "council", 1, (r) => ({ ...r, event: { ...r.event, until: r.place.blockTime } as typeof r.event })),
    complaint: tightened("duration: a restriction lasts a day at most"),
  },
  {
    title: "a restriction of more than a day",
    change: (h) => editEvent(h, 1, { until: 2n ** 39n }),
    complaint: tightened("duration: a restriction lasts a day at most"),
  },
  {
    title: "a restriction without a rest before it",
    change: (h) =>
      edit(h, "council", 1, (r) => ({ ...r, place: { ...r.place, blockTime: r.place.blockTime - 3_600n } })),
    complaint: tightened(RESTED),
  },
  {
    title: "a second restriction for the same cause",
    change: (h) => editEvent(h, 1, { cause: 7n }),
    complaint: tightened("cause: no two in a row have the same cause"),
  },
  {
    title: "a restriction that nobody decided",
    change: (h) => edit(h, "council", 0, (r) => ({ ...r, decision: NOBODY_DECIDED })),
    complaint: tightened("decision: the council decides what the guard does in its name"),
  },
  {
    title: "a restriction of another market than was decided",
    change: (h) => editDecision(h, 0, { market: 1n }),
    complaint: tightened(`${DECIDED} 0`),
  },
  {
    title: "another level than was decided",
    change: (h) => editEvent(h, 0, { level: 3n }),
    complaint: tightened(`${DECIDED} 1`),
  },
  {
    title: "another duration than was decided",
    change: (h) => editDecision(h, 0, { durationSec: 60n }),
    complaint: tightened(`${DECIDED} 2`),
  },
  {
    title: "another cause than was decided",
    change: (h) => editEvent(h, 0, { cause: 9n }),
    complaint: tightened(`${DECIDED} 3`),
  },
  {
    title: "a decision that was used before",
    change: (h) => editDecision(h, 1, { nonce: 1n }),
    complaint: tightened(`${DECIDED} 4`),
  },
  {
    title: "a decision that is older than another market's last",
    change: (h) => editDecision(h, 2, { market: 1n, nonce: 1n }),
    complaint: tightened(`${DECIDED} 4`, 1),
  },
  {
    title: "a message after its deadline",
    change: (h) => editSent(h, 0, (sent) => ({ ...sent, deadline: 1n })),
    complaint: tightened("consents: a message is used until its deadline"),
  },
  {
    title: "a message that one member alone signed",
    change: (h) => editSent(h, 0, (sent) => ({ ...sent, consents: sent.consents.slice(1) })),
    complaint: tightened("consents: as many members consent as must"),
  },
  {
    title: "a member who consents twice",
    change: (h) =>
      editSent(h, 0, (sent) => ({ ...sent, consents: withElement(sent.consents, 1, () => sent.consents[0]!) })),
    complaint: tightened("consents: each member consents once"),
  },
  {
    title: "the consent of a stranger",
    change: (h) => editConsent(h, 0, { isMember: false }),
    complaint: tightened("consents: only members consent"),
  },
  {
    title: "a signature of somebody else",
    change: (h) => editConsent(h, 0, { member: STRANGER }),
    complaint: tightened("consents: each member signed the message"),
  },
  {
    title: "a signature of another message",
    change: (h) => editDecision(h, 0, { nonce: 5n }),
    complaint: tightened("consents: each member signed the message"),
  },
  {
    title: "a signature with the greater s, which the chain does not take",
    change: (h) =>
      editSent(h, 0, (sent) => ({
        ...sent,
        consents: withElement(sent.consents, 0, (one) => ({ ...one, signature: mirrored(one.signature) })),
      })),
    complaint: tightened("consents: each member signed the message"),
  },
  {
    title: "what is no signature",
    change: (h) => editConsent(h, 0, { signature: "0x" }),
    complaint: tightened("consents: each member signed the message"),
  },
  {
    title: "a restriction that the ledger of incidents leaves out",
    change: (h) => edit(h, "council", 0, (r) => ({ ...r, incidents: [] })),
    complaint: tightened("incidents: incidents begin and end when they do: length"),
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
