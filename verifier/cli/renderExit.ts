/** The way out as text for people, and as JSON for programs. */
import pc from "picocolors";
import { nameOf } from "../exit/calls.ts";
import type { Dues } from "../exit/dues.ts";
import type { ExitView } from "../exit/leaveGuard.ts";
import type { ExitPhase } from "../exit/readStanding.ts";
import type { SentCall } from "../exit/sendCalls.ts";

const PHASES: Readonly<Record<ExitPhase, string>> = {
  running: "not in Exit: a halt must be noted (--enter) and last for the guard's exitDelaySec and exitBlocks",
  exitable: "Exit can begin: --enter",
  showing: "in Exit: losses and unproven deposits are shown (--register)",
  openable: "in Exit: the hall can open",
  open: "open: everyone is paid",
};

/** What is printed: the view, and what became of the calls that were sent; null when none was to be sent. */
export interface ExitOutcome {
  readonly view: ExitView;
  readonly sent: readonly SentCall[] | null;
}

/** One line for each due and each call. */
export function renderExit({ view, sent }: ExitOutcome): string {
  const { guard, chainId, hall, head, phase, exitAt, opensAt } = view;
  const times = exitAt === 0n ? [] : [`entered ${timeOf(exitAt)}, may open ${timeOf(opensAt)}`];
  const standing = hall === null ? "this guard has no exit hall, and never enters Exit" : PHASES[phase];
  return [
    `guard ${guard} on chain ${chainId}, block ${head.number} of ${timeOf(head.time)}`,
    `exit hall ${hall ?? "none"}`,
    standing,
    ...times,
    ...renderDues(view.dues, view),
    ...(sent === null
      ? view.calls.flatMap(({ what, to, data }) => [`${what}:`, `    to   ${to}`, `    data ${data}`])
      : []),
    ...(sent ?? []).map(renderSent),
  ].join("\n");
}

/** One call that was sent, or refused. */
export function renderSent({ what, transaction, refused }: SentCall): string {
  return refused === null ? pc.green(`done     ${what}  ${transaction}`) : pc.red(`refused  ${what}: ${refused}`);
}

/** Everything; integers as decimal text. */
export function renderExitJson({ view, sent }: ExitOutcome): string {
  return JSON.stringify(
    { ...view, sent },
    (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
    2,
  );
}

function renderDues({ accounts, deposits, claims, insurance }: Dues, view: ExitView): readonly string[] {
  const share = (amount: bigint) =>
    view.phase === "open" && amount > 0n ? `, paid ${(amount * view.backed) / (view.owed || 1n)}` : "";
  return [
    `insurance account: ${insurance}`,
    ...accounts.map(
      ({ index, owner, value, done }) => `account ${index} of ${owner}: ${value}${share(value)}${done ? ", done" : ""}`,
    ),
    ...deposits.map(
      (deposit) =>
        `unproven ${nameOf(deposit)} of ${deposit.owner}: ${deposit.amount}${share(deposit.amount)}${deposit.shown ? ", shown" : ""}`,
    ),
    ...claims.map(
      ({ id, owner, amount, payableAt }) =>
        `claim ${id} of ${owner}: ${amount}${share(amount)}, from ${timeOf(payableAt)}`,
    ),
  ];
}

function timeOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString();
}
