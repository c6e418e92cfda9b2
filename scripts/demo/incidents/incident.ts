/** What an incident is: a play with a cause, what the guard must do about it, and who loses what. */
import type { Play } from "../play.ts";
import { PROMISES } from "../promises.ts";
import type { Direction } from "./direction.ts";

export interface Incident {
  readonly title: string;
  /** What happens, in two or three sentences. */
  readonly about: string;
  readonly play: Play;
  /** The verifier looks during the play, not at its end. */
  readonly isVerifiedOnTheWay?: true;
  /** Plays it, and notes each promise that is seen or broken. */
  perform(direction: Direction): Promise<void>;
}

/** What every incident promises beside its own. */
export const COMMON_PROMISES = { agreement: PROMISES.agreement, verifier: PROMISES.verifier } as const;
