/** An operation that someone posted, with what the model says became of it. */
import type { Operation } from "../../../verifier/model/operation.ts";
import type { Terms } from "../../../verifier/model/terms.ts";
import type { Step } from "../../../verifier/model/transition.ts";
import type { Action } from "./story.ts";

export interface LoggedAction {
  readonly action: Action;
  readonly operation: Operation;
  readonly step: Step;
  /** What it was judged by. */
  readonly terms: Terms;
}
