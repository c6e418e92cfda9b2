/** Changes to what is told of a council. Told of: 0 market 0 tightened, 1 and 2 both markets, 3 and 4 both lifted. */
import type { CouncilRecord, LiftDecision, Sent, TightenDecision } from "../../../verifier/replay/councilHistory.ts";
import type { History } from "../../../verifier/replay/history.ts";
import { edit, withElement } from "../helpers/edit.ts";

/** What a check of the council says when the guard does not do what was decided; the element follows. */
export const DECIDED = "decision: the guard does what the council decided, once, element";
export const NOBODY_DECIDED = { name: "none", why: "no event of the council" } as const;

export const editEvent = (
  history: History,
  n: number,
  change: Partial<Record<"level" | "until" | "cause", bigint>>,
): History =>
  edit(history, "council", n, (record) => ({
    ...record,
    event: { ...record.event, ...change } as CouncilRecord["event"],
  }));

export const editDecision = (
  history: History,
  n: number,
  change: Partial<TightenDecision> | Partial<LiftDecision>,
): History =>
  edit(history, "council", n, (record) => ({
    ...record,
    decision: { ...record.decision, ...change } as CouncilRecord["decision"],
  }));

export const editSent = (history: History, n: number, change: (sent: Sent) => Sent): History =>
  edit(history, "council", n, (record) => {
    if (!("sent" in record.decision) || record.decision.sent instanceof Error) return record;
    return { ...record, decision: { ...record.decision, sent: change(record.decision.sent) } };
  });

export const editConsent = (history: History, n: number, change: Partial<Sent["consents"][number]>): History =>
  editSent(history, n, (sent) => ({
    ...sent,
    consents: withElement(sent.consents, 0, (one) => ({ ...one, ...change })),
  }));
