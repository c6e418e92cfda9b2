/** The incidents that can be asked for by name. */
import { BACKSTOP } from "./backstop.ts";
import { BREAKER } from "./breaker.ts";
import { EXIT } from "./exit.ts";
import type { Incident } from "./incident.ts";
import { LOSS_SHARING } from "./lossSharing.ts";
import type { IncidentName } from "./names.ts";
import { ROLLBACK } from "./rollback.ts";
import { SILENCE } from "./silence.ts";
import { UNAUTHORISED } from "./unauthorised.ts";

export const INCIDENTS: Readonly<Record<IncidentName, Incident>> = {
  breaker: BREAKER,
  backstop: BACKSTOP,
  "loss-sharing": LOSS_SHARING,
  rollback: ROLLBACK,
  exit: EXIT,
  unauthorised: UNAUTHORISED,
  silence: SILENCE,
};
