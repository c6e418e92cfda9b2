import type { Account } from "./account.ts";
import { certificate } from "./certificate.ts";
import { fitsRanges, liabilitiesAfter, type Totals, totalsAfter } from "./effect.ts";
import type { Hasher } from "./hasher.ts";
import type { Case, Judgement } from "./judgement.ts";
import { type OperationFields, operationFields, operationMessage } from "./operationWords.ts";
import { type Outcome, outcomeOf, VALID } from "./outcome.ts";
import { backstop, deposit, liquidate, recertify, setKey, trade, withdraw } from "./rules.ts";
import { shareLoss } from "./shareLoss.ts";
import type { State } from "./state.ts";
import type { Terms } from "./terms.ts";
import { accountAt, type Opening, openAccount, setAccount } from "./tree.ts";

/** What one operation is applied with. */
export interface TransitionContext {
  readonly hasher: Hasher;
  readonly domain: bigint;
  readonly terms: Terms;
}

/** One leg of an operation: an account opened, and what it became if the leg is applied. */
export interface Leg extends Opening {
  readonly applied: boolean;
  /** The account afterwards; the same as before when the leg is not applied. */
  readonly after: Account;
}

/** One operation applied, with all that a witness of it needs. */
export interface Step {
  /** Canonical words. */
  readonly words: readonly bigint[];
  readonly fields: OperationFields;
  readonly outcome: Outcome;
  /** Opened in the tree before the operation. */
  readonly legA: Leg;
  /** Opened in the tree after leg A. */
  readonly legB: Leg;
  readonly before: State;
  readonly after: State;
}

const RULES: readonly ((given: Case) => Judgement)[] = [
  recertify, // Noop: no effect and no leg
  deposit,
  withdraw,
  trade,
  liquidate,
  backstop,
  recertify,
  setKey,
  shareLoss,
];
const NOOP = 0;
const USES_B: readonly boolean[] = [false, false, false, true, true, true, true, false, false];

/**
 * Applies one operation: total for any canonical words; an invalid operation changes nothing.
 * @param words nine canonical words
 */
export function applyOperation(state: State, words: readonly bigint[], context: TransitionContext): Step {
  const { hasher, terms } = context;
  const fields = operationFields(words);
  const capacity = 2 ** state.tree.depth;
  const [indexA, indexB] = [fields.accountA % capacity, fields.accountB % capacity];
  const openingA = openAccount(state.tree, indexA);
  const [a, b] = [openingA.account, accountAt(state.tree, indexB)];

  const { outcome, judged } = resolve(
    state,
    fields,
    { a, b },
    context,
    operationMessage(hasher, context.domain, words),
  );
  const appliedA = judged !== undefined && fields.type !== NOOP;
  const appliedB = appliedA && USES_B[fields.type] === true && indexA !== indexB;

  const afterA = appliedA ? { ...judged.a, lanes: certificate(judged.a, terms) } : a;
  const treeA = appliedA ? setAccount(hasher, state.tree, indexA, afterA) : state.tree;
  const openingB = openAccount(treeA, indexB);
  const afterB = appliedB ? { ...judged.b, lanes: certificate(judged.b, terms) } : openingB.account;
  const tree = appliedB ? setAccount(hasher, treeA, indexB, afterB) : treeA;

  return {
    words,
    fields,
    outcome,
    legA: { ...openingA, applied: appliedA, after: afterA },
    legB: { ...openingB, applied: appliedB, after: afterB },
    before: state,
    after: judged === undefined ? state : { ...judged.totals, tree },
  };
}

/** The outcome, and when it is valid both accounts and the totals afterwards. */
function resolve(
  state: State,
  fields: OperationFields,
  { a, b }: { readonly a: Account; readonly b: Account },
  { hasher, terms }: TransitionContext,
  message: bigint,
): {
  readonly outcome: Outcome;
  readonly judged?: { readonly a: Account; readonly b: Account; readonly totals: Totals };
} {
  if (fields.type === NOOP) return { outcome: VALID };
  const rule = RULES[fields.type];
  const capacity = 2 ** state.tree.depth;
  if (rule === undefined || fields.accountA >= capacity || fields.accountB >= capacity) return { outcome: malformed() };
  const { failures, effect } = rule({ hasher, fields, message, a, b, state, terms });
  if (effect === undefined) return { outcome: outcomeOf(failures) };
  // One account on both legs: only Recertify and operations without leg B come here; B must not count twice.
  const totals = totalsAfter(state, a, b, effect);
  if (!fitsRanges(effect, totals, terms)) return { outcome: malformed() };
  const insolvent = liabilitiesAfter(effect, totals, terms) < 0n;
  const outcome = outcomeOf({ ...failures, margin: failures.margin || insolvent });
  return outcome.valid ? { outcome, judged: { a: effect.a, b: effect.b, totals } } : { outcome };
}

function malformed(): Outcome {
  return outcomeOf({ malformed: true, unauthorised: false, price: false, margin: false });
}
