import { marketTerms } from "../../verifier/model/terms.ts";
import { ENGINE } from "../chain/events.ts";
import type { Ledger } from "../service/ledger.ts";
import { nextBatch } from "../service/plan.ts";
import type { Constants, View } from "../service/view.ts";
import { type AtRisk, accountsAtRisk } from "./atRisk.ts";

/** An operation that anyone may post, and that would bring the tree's box back within its bounds. */
export interface Duty {
  readonly type: "backstop" | "recertify";
  readonly accounts: readonly number[];
  /** Calldata for the engine. */
  readonly data: string;
}

const INSURANCE = 0;

/**
 * What is to be posted first, were every logged operation proven: a Backstop of the account that owes most, then new
 * certificates, two at once. An operation in the log that does it already, whoever posted it, leaves nothing to do.
 * @returns null when there is nothing
 */
export function nextDuty(ledger: Ledger, view: View, constants: Constants): Duty | null {
  const { parameters } = view.rules;
  const find = (state: View["state"]): readonly AtRisk[] => [
    ...accountsAtRisk(state.tree, marketTerms(state, view.oracle, parameters)),
  ];
  if (find(view.state).length === 0) return null; // nothing that waits in the log leaves an account below its margin
  const found = find(stateOnceProven(ledger, view, constants));
  const owing = found.filter(({ index, health }) => health < 0n && index !== INSURANCE);
  const [worst] = owing.toSorted((a, b) => (a.health < b.health ? -1 : a.health > b.health ? 1 : a.index - b.index));
  if (worst !== undefined) return backstop(worst.index);
  const [first, second = first] = found.filter(({ health }) => health >= 0n);
  return first === undefined || second === undefined ? null : recertify(first.index, second.index);
}

/** The state after the whole log, each operation judged at its own round. */
function stateOnceProven(ledger: Ledger, view: View, constants: Constants): View["state"] {
  let { state, settled: first } = view;
  for (;;) {
    const plan = nextBatch(ledger, view, first, state, constants);
    if (plan === null) return state;
    state = plan.result.next;
    first += plan.operations.length;
  }
}

function backstop(account: number): Duty {
  return { type: "backstop", accounts: [account], data: ENGINE.encodeFunctionData("backstop", [account]) };
}

function recertify(first: number, second: number): Duty {
  const accounts = first === second ? [first] : [first, second];
  return { type: "recertify", accounts, data: ENGINE.encodeFunctionData("recertify", [first, second]) };
}
