import { isValidKey, type PublicKey } from "./eddsa.ts";
import type { Profile } from "./profile.ts";

/** Says which reporter key may not stand in a reporter set. */
export class ReporterKeyError extends Error {
  override readonly name = "ReporterKeyError";
  readonly code = "REPORTER_KEY";
  readonly slot: number;
  constructor(slot: number, rule: string) {
    super(`reporter ${slot}: ${rule}`);
    this.slot = slot;
  }
}

/**
 * Checks a reporter set at genesis: one valid key a slot, none twice. The circuit relies on both.
 * @throws {ReporterKeyError} when a key is missing, invalid or used before
 */
export function checkReporters(keys: readonly PublicKey[], profile: Pick<Profile, "reporters">): void {
  if (keys.length !== profile.reporters)
    throw new ReporterKeyError(keys.length, `${profile.reporters} keys are needed`);
  keys.forEach((key, slot) => {
    if (!isValidKey(key)) throw new ReporterKeyError(slot, "is no point of prime order");
    const first = keys.findIndex(({ x, y }) => x === key.x && y === key.y);
    if (first !== slot) throw new ReporterKeyError(slot, `has the key of reporter ${first}`);
  });
}
