/** Plays one incident from an empty chain to the verifier's word. */
import type { OpenTheatre } from "../openTheatre.ts";
import { describeIncident } from "../print/describeIncident.ts";
import { showPromises, showVerdict } from "../print/frame.ts";
import { createShow } from "../show.ts";
import { verifyEverything } from "../verification.ts";
import { direct } from "./direction.ts";
import type { Incident } from "./incident.ts";
import { showIncidents } from "./incidentTable.ts";

/** @returns whether everything promised was seen */
export async function runIncident(incident: Incident, { theatre, opening }: OpenTheatre): Promise<boolean> {
  const { terminal, observations } = theatre;
  describeIncident(terminal, theatre);
  const direction = direct(createShow(theatre, opening));
  await incident.perform(direction);
  showIncidents(terminal, await direction.watch.incidents());
  if (incident.isVerifiedOnTheWay !== true) await verifyEverything(theatre);
  showPromises(terminal, observations);
  terminal.line();
  showVerdict(terminal, observations);
  return observations.failures().length === 0;
}
