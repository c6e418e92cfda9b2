/** What may be written after `npm run demo --`. */
import { parseArgs } from "node:util";
import { BACKEND_CHOICES, type BackendChoice } from "../../prover/proving/backendChoice.ts";
import { type IncidentName, incidentName } from "./incidents/names.ts";

export interface DemoFlags {
  /** Leave the chain running afterwards. */
  readonly keep: boolean;
  readonly backend: BackendChoice;
  /** What to play instead of the recorded market. */
  readonly incident?: IncidentName;
}

/** @throws {TypeError} when there is no such flag, backend or incident */
export function readFlags(args: readonly string[]): DemoFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      keep: { type: "boolean", default: false },
      backend: { type: "string", default: "auto" },
      incident: { type: "string" },
    },
  });
  const backend = BACKEND_CHOICES.find((choice) => choice === values.backend);
  if (backend === undefined) throw new TypeError(`--backend is one of ${BACKEND_CHOICES.join(", ")}`);
  const { keep, incident } = values;
  return incident === undefined ? { keep, backend } : { keep, backend, incident: incidentName(incident) };
}
