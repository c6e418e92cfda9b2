/** The auditor's turn: replays the whole history from chain data alone, and says in one line per kind of check what holds. */
import colors from "picocolors";
import type { Finding, Status } from "../../verifier/check/verdict.ts";
import { statusOf } from "../../verifier/check/verdict.ts";
import { keysOfBuild } from "../../verifier/cli/keys.ts";
import type { VerdictReport } from "../../verifier/replay/report.ts";
import { verifyHistory } from "../../verifier/replay/verifyHistory.ts";
import { padEnd } from "./print/terminal.ts";
import type { Theatre } from "./theatre.ts";

/** Kinds of checks by the names of the findings, in the order in which they are told; the last takes the rest. */
const KINDS: readonly { readonly holds: (check: string) => boolean; readonly what: string }[] = [
  { holds: (check) => check.endsWith(".proof"), what: "every proof verifies under the keys that the sources give" },
  { holds: starting("key."), what: "the verifier contracts on chain are made of those keys" },
  { holds: starting("genesis."), what: "the published start gives the roots that the guard began with" },
  { holds: starting("operation."), what: "the log is complete and in order, each operation bound to its round" },
  { holds: starting("round."), what: "prices, margins and breakers are what the signed reports give" },
  { holds: starting("batch."), what: "each operation had the outcome that the rules give, each root follows" },
  {
    holds: starting("solvency."),
    what: "every single account is as solvent as the proven box says; nothing is owed uncovered",
  },
  { holds: starting("payment."), what: "claims were paid once, to their owners, in full" },
  { holds: starting("stored."), what: "what the guard stores is the end of this history" },
  { holds: () => true, what: "everything else" },
];

const WORDS: Readonly<Record<Status, string>> = { holds: "holds", violated: "VIOLATED", unknown: "could not check" };

/** Verifies, tells, and notes whether the promise was kept. */
export async function verifyEverything(theatre: Theatre): Promise<VerdictReport> {
  const { stage, terminal, observations, chain } = theatre;
  terminal.heading("The auditor's turn: the verifier replays everything from chain data alone");
  const report = await verifyHistory({
    provider: { send: (method, params) => chain.transport.send(method, params) },
    guard: stage.addresses.guard,
    keys: (profile) => keysOfBuild(process.cwd(), profile),
    fromBlock: stage.addresses.genesisBlock,
  });
  const left = new Set(report.entries.flatMap((entry) => entry.findings));
  for (const { holds, what } of KINDS) {
    const findings = [...left].filter(({ check }) => holds(check));
    for (const finding of findings) left.delete(finding);
    if (findings.length > 0) tellKind(what, findings);
  }
  if (report.status === "holds") observations.kept("verifier");
  return report;

  function tellKind(what: string, findings: readonly Finding[]): void {
    const status = statusOf(findings);
    const paint = status === "holds" ? colors.green : colors.red;
    terminal.line(`  ${paint(padEnd(WORDS[status], 8))}${padEnd(`${findings.length} checks`, 13)}${what}`);
    for (const { check, verdict } of findings) {
      if (verdict.status === "violated") terminal.line(`      ${check}: ${verdict.invariant}`);
      if (verdict.status === "unknown") terminal.line(`      ${check}: ${verdict.cause.message}`);
    }
  }
}

function starting(prefix: string): (check: string) => boolean {
  return (check) => check.startsWith(prefix);
}
