/**
 * `npm run demo [-- --keep --backend auto|native|snarkjs]`: ten minutes of 10 October 2025 on a real chain with real proofs,
 * checked at the end by the verifier.
 * Exit code 0 when everything promised was seen, 1 when not, 130 when somebody ended it early.
 */
import { join } from "node:path";
import { prepare } from "../prepare.ts";
import { readFlags } from "./flags.ts";
import { openTheatre } from "./openTheatre.ts";
import { PROFILE } from "./parameters.ts";
import { payClaims } from "./payClaim.ts";
import { perform } from "./perform.ts";
import { describeRun, explainBeginning, showSummary } from "./print/frame.ts";
import { createTerminal } from "./print/terminal.ts";
import { recordRun } from "./record.ts";
import { STORY } from "./story/story.ts";
import { verifyEverything } from "./verification.ts";

const EXIT_INTERRUPTED = 130;

const terminal = createTerminal();
const stopping = new AbortController();

async function main(): Promise<number> {
  const { keep, backend } = readFlags(process.argv.slice(2));
  const startedMs = performance.now();
  explainBeginning(terminal);
  await prepare(PROFILE.name);
  // From here on there is something to take down in order.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
  const readyMs = performance.now();
  const folder = join("build", "demo", new Date().toISOString().slice(0, 19).replaceAll(":", "-"));
  const { theatre, opening, close } = await openTheatre({ folder, backend }, terminal, stopping.signal);
  try {
    describeRun(terminal, theatre);
    const halt = await perform(theatre, STORY, opening);
    await payClaims(theatre);
    terminal.heading("The auditor's turn: the verifier replays everything from chain data alone");
    const report = await verifyEverything(theatre);
    await recordRun(folder, theatre, report);
    const times = { preparedMs: readyMs - startedMs, performedMs: performance.now() - readyMs };
    showSummary(terminal, theatre, report, { folder, keep, halt, ...times });
    if (keep) await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve, { once: true }));
    return theatre.observations.failures().length === 0 ? 0 : 1;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (stopping.signal.aborted) {
    terminal.line("ended early; chain and prover are stopped");
    process.exitCode = EXIT_INTERRUPTED;
  } else {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
    process.exitCode = 1;
  }
}
