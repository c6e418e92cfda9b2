/** One change to an honest history, and what the verifier must say of it. */
import type { Hasher } from "../../../verifier/model/hasher.ts";
import type { History } from "../../../verifier/replay/history.ts";

export interface Lie {
  readonly title: string;
  readonly change: (history: History, hasher: Hasher) => History;
  /** Which complaint of the report is meant; the first when absent. */
  readonly at?: number;
  /** "entry: check: invariant" */
  readonly complaint: string;
}
