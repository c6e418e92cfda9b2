/** The council's last restriction of a market. @see contracts/libraries/CouncilWord.sol */
import { maximum } from "../model/arithmetic.ts";

/** Times in unix seconds; all zero before the first. */
export interface Restriction {
  /** 1 Stressed, 2 Broken, 3 Halted. */
  readonly level: bigint;
  /** The council's own number of its reason. */
  readonly cause: bigint;
  readonly from: bigint;
  readonly until: bigint;
  /** The council's nonce that it was decided with. */
  readonly id: bigint;
}

export const NO_RESTRICTION: Restriction = { level: 0n, cause: 0n, from: 0n, until: 0n, id: 0n };

/** As the guard stores it. */
export function restrictionWord({ level, cause, from, until }: Restriction): bigint {
  return level | (cause << 8n) | (from << 16n) | (until << 56n);
}

/** Until when the next one must wait: after the last one's end, as long as it lasted. */
export function restUntil({ from, until }: Restriction): bigint {
  return 2n * until - from;
}

/** The nonce of the newest restriction of all markets. */
export function newestId(restrictions: readonly Restriction[]): bigint {
  return restrictions.reduce((newest, { id }) => maximum(id, newest), 0n);
}
