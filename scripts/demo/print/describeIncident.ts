/** What is said before an incident begins. */
import colors from "picocolors";
import { describeBackend } from "../../../prover/proving/backendChoice.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Theatre } from "../theatre.ts";
import { headerRow } from "./rows.ts";
import { padEnd, type Terminal } from "./terminal.ts";

/** What this is, before anything takes time. */
export function explainIncident(terminal: Terminal, { title, about }: Incident): void {
  terminal.heading(`Homeostat incident: ${title}`);
  terminal.explain(about);
}

/** Who is on stage, and the head of the table. */
export function describeIncident(terminal: Terminal, { stage, chain, market, prover }: Theatre): void {
  terminal.line();
  terminal.line(`  chain      ${chain.url}, a real JSON-RPC node; blocks are its own`);
  terminal.line(`  guard      ${stage.addresses.guard}`);
  terminal.line(`  prover     ${describeBackend(prover.backend)}`);
  terminal.line(`  ${colors.yellow("keys       DEVELOPMENT KEYS: made on this machine. Never for money.")}`);
  terminal.line();
  terminal.line(colors.dim(`${padEnd(headerRow(market.venues), 90)}  proof       gas`));
}
