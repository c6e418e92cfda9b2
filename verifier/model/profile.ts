import profiles from "../../circuits/profiles.json" with { type: "json" };

/** Sizes of one pair of circuits. */
export interface Profile {
  readonly name: string;
  /** Markets M, 1..4. */
  readonly markets: number;
  /** Depth D of the account tree: 2^D accounts. */
  readonly depth: number;
  /** Operations N of a batch. */
  readonly operations: number;
  /** Reporters n of the oracle. */
  readonly reporters: number;
  /** Liars f among the reporters that the median withstands. */
  readonly faulty: number;
}

export type ProfileName = keyof typeof profiles;

/** The profiles that circuits exist for. @see circuits/profiles.json */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  dev: { name: "dev", ...profiles.dev },
  standard: { name: "standard", ...profiles.standard },
  large: { name: "large", ...profiles.large },
};

/** Reports that a round needs, and prices that a market needs to move: 2f + 1. */
export function quorum(profile: Profile): number {
  return 2 * profile.faulty + 1;
}
