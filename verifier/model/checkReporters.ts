import { isValidKey, type PublicKey } from "./eddsa.ts";
import { type Profile, quorum } from "./profile.ts";

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
 * Checks a reporter set at genesis: every key valid and used once, and enough of them for a round. The circuit counts an
 * empty slot, (0, 0), never; but it cannot see that one reporter sits in two slots.
 * @throws {ReporterKeyError} when a key is invalid or used before, or keys are missing
 */
export function checkReporters(keys: readonly PublicKey[], profile: Profile): void {
  if (keys.length !== profile.reporters)
    throw new ReporterKeyError(keys.length, `${profile.reporters} slots are needed`);
  const isEmpty = ({ x, y }: PublicKey) => x === 0n && y === 0n;
  keys.forEach((key, slot) => {
    if (isEmpty(key)) return;
    if (!isValidKey(key)) throw new ReporterKeyError(slot, "is no point of prime order");
    const first = keys.findIndex(({ x, y }) => x === key.x && y === key.y);
    if (first !== slot) throw new ReporterKeyError(slot, `has the key of reporter ${first}`);
  });
  const count = keys.filter((key) => !isEmpty(key)).length;
  if (count < quorum(profile)) throw new ReporterKeyError(count, `${quorum(profile)} reporters are needed`);
}
