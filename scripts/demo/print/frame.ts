/** What is said before and after the story. */
import colors from "picocolors";
import { describeBackend } from "../../../prover/proving/backendChoice.ts";
import type { VerdictReport } from "../../../verifier/replay/report.ts";
import { LIMITS, MARKETS, REPORTERS } from "../parameters.ts";
import type { HaltTimes } from "../perform.ts";
import type { Observations } from "../promises.ts";
import { CAST } from "../story/cast.ts";
import type { Theatre } from "../theatre.ts";
import { showTime } from "../units.ts";
import { headerRow } from "./rows.ts";
import { padEnd, type Terminal } from "./terminal.ts";

/** What this is, before anything takes time. */
export function explainBeginning(terminal: Terminal): void {
  terminal.heading("Homeostat demo: 10 October 2025, 21:11 to 21:25 UTC, AAVE and AVAX perpetuals");
  terminal.explain(
    "The prices are the real ones of that day. A local chain keeps market time, four reporters sign what their venue shows, and a prover makes a zero-knowledge proof of each round of prices and of each batch of operations. The guard contract accepts nothing else, and derives from the last proven words what is allowed.",
  );
}

/** Who and what is on stage, and how to read the table. */
export function describeRun(terminal: Terminal, { stage, chain, market, prover }: Theatre): void {
  const { guard, engine } = stage.addresses;
  terminal.line();
  terminal.line(`  chain      ${chain.url}, a real JSON-RPC node`);
  terminal.line(`  guard      ${guard}`);
  terminal.line(`  engine     ${engine}, the perpetuals exchange that the guard watches`);
  terminal.line(`  prover     ${describeBackend(prover.backend)}`);
  terminal.line(`  reporters  ${REPORTERS.map(({ name }) => name).join(", ")}; one of them may lie`);
  terminal.line(`  accounts   ${CAST.map(({ name }) => name).join(", ")}`);
  terminal.line(
    `  ${colors.yellow("keys       DEVELOPMENT KEYS: made on this machine, anyone can forge for them. Never for money.")}`,
  );
  terminal.line();
  terminal.explain("round   a proof of the new mark: the median of the signed reports, moved at most 8 sigma at once.");
  terminal.explain(
    "batch   a proof of two operations: signatures, margins and the new state. Invalid ones change nothing.",
  );
  terminal.explain(
    "buffer  proven for ALL accounts at once: how much margin the closest one still has, in percent of the price. Below the maintenance margin (maint.) somebody has to be liquidated; below zero somebody may be bankrupt.",
  );
  terminal.explain(
    `status  what the guard answers by itself: Normal, Broken (reduce-only), Halted (nothing leaves). A breach has ${LIMITS.cureSec} s to be cured.`,
  );
  terminal.line();
  terminal.line(colors.dim(`${padEnd(headerRow(market.venues), 90)}  proof       gas`));
}

function showHalt({ haltedAt, recoveredAt }: HaltTimes): string {
  if (haltedAt === null) return "never";
  const until = recoveredAt === null ? "and not recovered" : `until ${showTime(recoveredAt)}`;
  return `from ${showTime(haltedAt)} ${until}, without a vote or a transaction of anybody's`;
}

interface RunFacts {
  readonly folder: string;
  readonly keep: boolean;
  readonly halt: HaltTimes;
  readonly preparedMs: number;
  readonly performedMs: number;
}

/** What was shown, what was not, and where everything is. */
export function showSummary(terminal: Terminal, theatre: Theatre, report: VerdictReport, facts: RunFacts): void {
  const { follower, observations, stage, chain } = theatre;
  const rounds = follower.history.filter(({ kind }) => kind === "round");
  const batches = follower.history.filter(({ kind }) => kind === "batch");
  const outcomes = follower.history.flatMap((proven) => (proven.kind === "batch" ? proven.actions : []));
  const nullified = outcomes.filter(({ step }) => !step.outcome.valid);
  const gas = follower.history.reduce((sum, { gasUsed }) => sum + gasUsed, 0n);

  showPromises(terminal, observations);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
  terminal.heading("Summary");
  terminal.line(
    `  proven     ${rounds.length} rounds of ${MARKETS.length} markets, ${batches.length} batches of ${outcomes.length} operations, ${gas.toLocaleString("en-US")} gas in all`,
  );
  terminal.line(`  nullified  ${nullified.length}: ${nullified.map(({ step }) => step.outcome.kind).join(", ")}`);
  terminal.line(`  halted     ${showHalt(facts.halt)}`);
  terminal.line(
    `  verifier   ${report.counts.checks.holds} checks hold, ${report.counts.checks.violated} violated, ${report.counts.checks.unknown} could not be checked`,
  );
  terminal.line(`  time       ${seconds(facts.preparedMs)} to prepare, ${seconds(facts.performedMs)} for the story`);
  terminal.line(`  artefacts  ${facts.folder}: history.json, verdict.json, proofs/, both verification keys`);
  terminal.line(`  verify     npm run verify -- --rpc ${chain.url} --guard ${stage.addresses.guard}`);
  terminal.line(
    facts.keep
      ? "             The chain stays up until Ctrl-C."
      : "             (needs the chain: npm run demo -- --keep leaves it running)",
  );
  terminal.line();
  showVerdict(terminal, observations);
}

/** Each promise with its mark. */
export function showPromises(terminal: Terminal, observations: Observations): void {
  terminal.heading("What was promised and seen");
  for (const [key, promise] of Object.entries(observations.promises)) {
    const mark = observations.isKept(key) ? colors.green("✔") : colors.red("✖");
    terminal.line(`  ${mark} ${promise}`);
  }
}

/** The last line of all: everything was seen, or what was not. */
export function showVerdict(terminal: Terminal, observations: Observations): void {
  const failures = observations.failures();
  for (const failure of failures) terminal.line(colors.red(`NOT KEPT   ${failure}`));
  if (failures.length === 0) terminal.line(colors.green("Everything that was promised was seen."));
}
