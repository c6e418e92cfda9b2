/** The transactions that lead out, as calldata: anyone may send any of them. */
import { GUARD, HALL } from "../chain/interfaces.ts";
import type { DepositDue, Dues } from "./dues.ts";
import { openingOf } from "./opening.ts";
import type { ExitStanding } from "./readStanding.ts";
import type { RecoveredState } from "./recoverState.ts";
import { INSURANCE_ACCOUNT } from "./value.ts";

export interface ExitCall {
  /** For people. */
  readonly what: string;
  readonly to: string;
  readonly data: string;
}

/** Where the calls go and what they are made from. */
export interface CallContext {
  readonly guard: string;
  /** The exit hall. */
  readonly hall: string;
  readonly recovered: Pick<RecoveredState, "hasher" | "state">;
}

/** What brings the guard into Exit from where it stands: first the note of the halt, after the delay Exit itself. */
export function enterCalls(guard: string, { phase }: Pick<ExitStanding, "phase">): readonly ExitCall[] {
  if (phase === "exitable") return [{ what: "enter Exit", to: guard, data: GUARD.encodeFunctionData("enterExit") }];
  if (phase === "running") return [{ what: "note the halt", to: guard, data: GUARD.encodeFunctionData("noteHalt") }];
  return [];
}

/** What the hall must be shown before it opens, and was not yet. */
export function registerCalls(
  context: CallContext,
  dues: Dues,
  { insuranceShown, phase }: Pick<ExitStanding, "insuranceShown" | "phase">,
): readonly ExitCall[] {
  if (phase === "open") return [];
  const insurance = insuranceShown
    ? []
    : [openingCall(context, "show the insurance account", "showInsurance", INSURANCE_ACCOUNT)];
  const losses = dues.accounts
    .filter(({ value, done }) => value < 0n && !done)
    .map(({ index, value }) => openingCall(context, `show account ${index}'s loss of ${-value}`, "showLoss", index));
  const deposits = dues.deposits
    .filter(({ shown }) => !shown)
    .map((deposit) => {
      const { operation, fork, amount, words, headBefore } = deposit;
      const what = `show ${nameOf(deposit)} of ${amount}`;
      return fork === null
        ? hallCall(context, what, "showDeposit", operation, words, headBefore)
        : hallCall(context, what, "showAbandoned", fork, words, headBefore);
    });
  return [...insurance, ...losses, ...deposits];
}

/** What pays: the opening of the hall where it is due, then every account, deposit and claim of the dues. */
export function leaveCalls(
  context: CallContext,
  dues: Dues,
  { phase }: Pick<ExitStanding, "phase">,
): readonly ExitCall[] {
  const opening = phase === "open" ? [] : [hallCall(context, "open the hall", "open")];
  const accounts = dues.accounts
    .filter(({ value, done }) => value > 0n && !done)
    .map(({ index }) => openingCall(context, `pay account ${index}`, "exit", index));
  const deposits = dues.deposits
    .filter(({ shown }) => shown || phase !== "open")
    .map((deposit) => hallCall(context, `return ${nameOf(deposit)}`, "exitDeposit", deposit.head));
  const claims = dues.claims.map(({ id }) => ({
    what: `pay claim ${id}`,
    to: context.guard,
    data: GUARD.encodeFunctionData("payClaim", [id]),
  }));
  return [...opening, ...accounts, ...deposits, ...claims];
}

/** For people: a fork's deposit and one of the log may have the same number. */
export function nameOf({ operation, fork }: Pick<DepositDue, "operation" | "fork">): string {
  return fork === null ? `deposit ${operation}` : `deposit ${operation} that fork ${fork} abandoned`;
}

function openingCall(context: CallContext, what: string, name: string, index: number): ExitCall {
  const { hasher, state } = context.recovered;
  return hallCall(context, what, name, openingOf(hasher, state, index));
}

function hallCall({ hall }: CallContext, what: string, name: string, ...inputs: readonly unknown[]): ExitCall {
  return { what, to: hall, data: HALL.encodeFunctionData(name, inputs) };
}
