/** What is played: prices, scenes, the guard's times and the engine. The theatre is put together for one of them. */
import type { EngineContract } from "../deploy/config.ts";
import type { GuardLimits } from "../deploy/defaults.ts";
import { loadMarket, type RecordedMarket } from "./market.ts";
import { LIMITS } from "./parameters.ts";
import { PROMISES } from "./promises.ts";
import { type Scene, STORY } from "./story/story.ts";

export interface Play {
  readonly market: RecordedMarket;
  /** Never empty; the guard begins at the first one's time. */
  readonly scenes: readonly Scene[];
  readonly limits: Partial<GuardLimits>;
  /** The reference engine when absent. */
  readonly engine?: EngineContract & {
    /** Functions that the reference engine has not, as ethers reads them. */
    readonly functions: readonly string[];
  };
  /** What is promised to be seen, by key. */
  readonly promises: Readonly<Record<string, string>>;
}

/** Ten minutes of 10 October 2025. @throws {PriceFileError} when the recording is not what it should be */
export async function recordedPlay(): Promise<Play> {
  return { market: await loadMarket(), scenes: STORY, limits: LIMITS, promises: PROMISES };
}
