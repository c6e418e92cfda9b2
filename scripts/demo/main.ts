/**
 * `npm run demo [-- --keep --backend auto|native|snarkjs --incident NAME]`: ten minutes of 10 October 2025 on a real chain with real proofs,
 * checked at the end by the verifier. With an incident's name that incident instead, on a market made for it.
 * Exit code 0 when everything promised was seen, 1 when not, 130 when somebody ended it early.
 */
import { join } from "node:path";
import { prepare } from "../prepare.ts";
import { readFlags } from "./flags.ts";
import { INCIDENTS } from "./incidents/catalogue.ts";
import { runIncident } from "./incidents/runIncident.ts";
import { openTheatre } from "./openTheatre.ts";
import { PROFILE } from "./parameters.ts";
import { payClaims } from "./payClaim.ts";
import { perform } from "./perform.ts";
import { recordedPlay } from "./play.ts";
import { explainIncident } from "./print/describeIncident.ts";
import { describeRun, explainBeginning, showSummary } from "./print/frame.ts";
import { createTerminal } from "./print/terminal.ts";
import { recordRun } from "./record.ts";
import { verifyEverything } from "./verification.ts";

const EXIT_INTERRUPTED = 130;

const terminal = createTerminal();
const stopping = new AbortController();

async function main(): Promise<number> {
  const { keep, backend, incident: name } = readFlags(process.argv.slice(2));
  const incident = name === undefined ? undefined : INCIDENTS[name];
  const startedMs = performance.now();
  if (incident === undefined) explainBeginning(terminal);
  else explainIncident(terminal, incident);
  await prepare(PROFILE.name);
  // From here on there is something to take down in order.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
  const readyMs = performance.now();
  const folder = join("build", "demo", new Date().toISOString().slice(0, 19).replaceAll(":", "-"));
  const play = incident?.play ?? (await recordedPlay());
  const open = await openTheatre({ folder, backend }, play, terminal, stopping.signal);
  const { theatre, opening, close } = open;
  try {
    if (incident !== undefined) {
      const wasKept = await runIncident(incident, open);
      if (keep) await untilStopped();
      return wasKept ? 0 : 1;
    }
    describeRun(terminal, theatre);
    const halt = await perform(theatre, play.scenes, opening);
    await payClaims(theatre);
    const report = await verifyEverything(theatre);
    await recordRun(folder, theatre, report);
    const times = { preparedMs: readyMs - startedMs, performedMs: performance.now() - readyMs };
    showSummary(terminal, theatre, report, { folder, keep, halt, ...times });
    if (keep) await untilStopped();
    return theatre.observations.failures().length === 0 ? 0 : 1;
  } finally {
    await close();
  }
}

/** The chain stays up until Ctrl-C. */
async function untilStopped(): Promise<void> {
  await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve, { once: true }));
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
