import type { Parameters } from "../../verifier/model/parameters.ts";
import type { Profile } from "../../verifier/model/profile.ts";
import { PARAMETERS } from "../demo/parameters.ts";

/** The demo's parameters, for as many markets as the profile has: further ones are like the first. */
export function parametersFor(profile: Profile): Parameters {
  const resized = <T>(markets: readonly T[]): readonly T[] =>
    Array.from({ length: profile.markets }, (_, market) => markets[market] ?? markets[0]).filter(
      (market) => market !== undefined,
    );
  const { oracle, margin } = PARAMETERS;
  return {
    oracle: { ...oracle, markets: resized(oracle.markets) },
    margin: { ...margin, markets: resized(margin.markets) },
  };
}
