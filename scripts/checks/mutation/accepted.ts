import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mutant } from "./operators.ts";

/** A mutant that no test can notice, or that need not be noticed, and why. */
export interface Accepted {
  readonly file: string;
  readonly text: string;
  readonly change: string;
  readonly reason: string;
}

export const ACCEPTED_FILE = join("test", "snapshots", "mutation.json");

export function readAccepted(): readonly Accepted[] {
  if (!existsSync(ACCEPTED_FILE)) return [];
  return JSON.parse(readFileSync(ACCEPTED_FILE, "utf8")) as Accepted[]; // kept by hand, compared field by field below
}

/** The reason for which a survivor is accepted, if it is. */
export function reasonFor(mutant: Mutant, accepted: readonly Accepted[]): string | undefined {
  return accepted.find(
    ({ file, text, change }) => file === mutant.file && text === mutant.text && change === mutant.change,
  )?.reason;
}
