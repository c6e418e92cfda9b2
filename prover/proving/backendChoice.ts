import type { LevelName } from "../native/levelName.ts";

/** What may be asked for. `auto`: native where it is built and passes its self-test, else snarkjs. */
export const BACKEND_CHOICES = ["auto", "native", "snarkjs"] as const;
export type BackendChoice = (typeof BACKEND_CHOICES)[number];

/** Which prover makes the proofs, and why: for people, status pages and `doctor`. */
export interface BackendSelection {
  readonly name: Exclude<BackendChoice, "auto">;
  /** The native prover's way to compute; null for snarkjs. */
  readonly level: LevelName | null;
  readonly reason: string;
}

/** A selection in one line, such as "native, ifma (built, passes its self-test)". */
export const describeBackend = ({ name, level, reason }: BackendSelection): string =>
  `${level === null ? name : `${name}, ${level}`} (${reason})`;
