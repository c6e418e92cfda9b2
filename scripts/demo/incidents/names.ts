/** Names of the incidents, as `--incident` takes them. */
export const INCIDENT_NAMES = [
  "breaker",
  "backstop",
  "loss-sharing",
  "rollback",
  "exit",
  "unauthorised",
  "silence",
] as const;

export type IncidentName = (typeof INCIDENT_NAMES)[number];

/** @throws {TypeError} when there is no such incident */
export function incidentName(text: string): IncidentName {
  const name = INCIDENT_NAMES.find((known) => known === text);
  if (name === undefined)
    throw new TypeError(`no incident "${text}": --incident is one of ${INCIDENT_NAMES.join(", ")}`);
  return name;
}
