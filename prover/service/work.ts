import type { ProvenSignals } from "../proving/backend.ts";
import type { BatchPlan } from "./plan.ts";
import type { ProofJob } from "./prove.ts";

/** How far a batch has come. `resting`: it failed, and waits for another try. */
export type Stage = "planned" | "proving" | "proven" | "sending" | "sent" | "resting";

/** A batch on its way from plan to settlement. */
export interface Work {
  readonly plan: BatchPlan;
  readonly job: ProofJob;
  readonly stop: AbortController;
  stage: Stage;
  proven: ProvenSignals | null;
  /** When sent: the block by which the settlement has to be on the followed branch. */
  dueBlock: number;
}
